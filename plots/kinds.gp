# SPDX-License-Identifier: MIT
# kinds.gp - horizontal bars from zero, in panels beside or below each other.
#
# A row of a panel is a bar, `at` pixels from the top of the page.  A thin line through
# each group is where the baseline's bars end, so that each bar shows what it costs beyond.
#
# TSV has a row for each bar: panel, role (base, good, bad, other), value, at, lo, hi, and
# more that is for readers; and one for each line, which is hi long.

load HERE.'/style.gp'
set multiplot
set tics scale 0 nomirror textcolor rgb MUTED font 'sans-serif,12'
unset ytics
set style fill solid noborder

array roles[4] = ['base', 'good', 'bad', 'other']
array tones[4] = [AXIS, GOOD, BAD, MUTED]
at(p, r) = (int(column('panel')) == p && stringcolumn('role') eq r) ? column('at') : NaN

do for [p = 1:panels] {
    set lmargin at screen X(panel_left[p])
    set rmargin at screen X(panel_right[p])
    set tmargin at screen Y(panel_top[p])
    set bmargin at screen Y(panel_bottom[p])
    set xrange [0:panel_most[p]]
    set yrange [panel_bottom[p]:panel_top[p]]
    eval 'set xtics (' . panel_xtics[p] . ') offset 0,0.3'
    plot for [r = 1:4] TSV using (0):(at(p, roles[r])):(0):(column('value')):(column('at') - 4.5):(column('at') + 4.5) \
             with boxxyerror lc rgb tones[r], \
         TSV using (column('value')):(at(p, 'line')):(0):(column('hi')) with vectors nohead lw 1.2 lc rgb INK
    unset label
}
unset multiplot
