# SPDX-License-Identifier: MIT
# kinds.gp - what each kind of cleanup costs: horizontal bars from zero, in panels beside
# each other, or on a phone below each other.
#
# Each kind has a group of bars, one for each number.  A thin line through the group is
# where the first kind's bars end, so that each bar shows what it costs beyond.
#
# TSV has a row for each bar: panel, group and bar (from 0), role (what it is painted in),
# value, said (as a reader sees it), n, and more that is for readers.

load HERE.'/style.gp'
PITCH = 15 # from a bar to the next
head = WIDE ? 0.2 : 1.2 # bars high: on a phone a name stands above its bars
start(i) = (i - 1) * (numbers + head + 0.8) + head # where the bars of kind i begin
bars_high = start(names + 1)
HIGH = PITCH * bars_high
BODY = WIDE ? 26 + HIGH + 30 : panels * (26 + HIGH + 34)
load HERE.'/page.gp'

names_room = 0
do for [i = 1:names] { names_room = max(names_room, max(wide(name[i], 13), wide(more[i], 12))) }
left = WIDE ? EDGE + names_room + 26 : EDGE + 22
panel_room = WIDE ? (W - left) / panels : W - left - EDGE
set style fill solid noborder
at(n) = start(column('group') + 1) + column('bar') + 0.5
of(p, v) = int(column('panel')) == p ? v : NaN
numbered(p) = of(p, WIDE && (p > 1 || column('group') > 0) ? NaN : 0)

do for [p = 1:panels] {
    side = WIDE ? left + (p - 1) * panel_room : left
    upper = TOP + 26 + (WIDE ? 0 : (p - 1) * (26 + HIGH + 34))
    set lmargin at screen X(side); set rmargin at screen X(side + panel_room - (WIDE ? 46 : 40))
    set tmargin at screen Y(upper); set bmargin at screen Y(upper + HIGH)
    set xrange [0:panel_most[p]]
    set yrange [bars_high:0]
    set xtics ('' 1e-9) @TICS offset 0, 0.3
    by = step(panel_most[p], 3)
    do for [i = 0:int(panel_most[p] / by + 1e-9)] { set xtics add (commas(i * by) i * by) }
    set label 1 panel_title[p] at screen X(side), Y(upper - 8) font 'sans-serif:Bold,13' tc rgb INK
    do for [i = 1:names] {
        set arrow i from panel_base[p], start(i) to panel_base[p], start(i) + numbers nohead lw 1.2 lc rgb INK front
        if (WIDE && p > 1) { continue }
        set label 10 + i name[i] at screen X(EDGE), first start(i) + (WIDE ? 0.5 : -0.6) font 'sans-serif:Bold,12' tc rgb INK
        if (WIDE) { set label 100 + i more[i] at screen X(EDGE), first start(i) + 1.6 font ',12' tc rgb MUTED }
    }
    plot TSV using (0):(of(p, at(0))):(0):(column('value')):(at(0) - 0.3):(at(0) + 0.3):(rgb(stringcolumn('role'))) \
             with boxxyerror lc rgb variable, \
         TSV using (of(p, max(column('value'), panel_base[p]))):(at(0)):(stringcolumn('said')) \
             with labels left offset screen X(5), 0 font ',12' tc rgb INK, \
         TSV using (numbered(p)):(at(0)):(commas(column('n'))) \
             with labels right offset screen -X(5), 0 font ',12' tc rgb MUTED
    unset label
}
unset multiplot
