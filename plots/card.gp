# SPDX-License-Identifier: MIT
# card.gp - what one tip did: a sentence, and a panel for each thing watched.
#
# A panel draws a column along the dial (a line through the medians, and a dot for each
# process where they differ), or every timed process in the order of running (dots, the
# median as a line), or how the processes ended.  Axes are linear: a leak of one a request
# is a straight line.  Only an axis with a floor above 0 is logarithmic, and its panel says
# so.  Lines have their names at their right ends.
#
# Below them is how the saying aged, if more than one release of Go was measured (strip.gp).
#
# TSV has a row for each mark: panel, mark (line, dot, level, beyond), twin, lang, x, y; and one
# for each release: aged, with its label for a twin.

load HERE.'/style.gp'
HIGH = 150
array top[panels + 1]; array above_it[panels + 1]; array label_at[labels + 1]
BODY = 0
do for [p = 1:panels:across] {
    last = min(p + across - 1, panels)
    about_lines = 0; x_lines = 0
    do for [q = p:last] {
        about_lines = max(about_lines, lines(panel_about[q]))
        x_lines = max(x_lines, lines(panel_x[q]))
    }
    do for [q = p:last] { above_it[q] = 30 + LINE * about_lines; top[q] = BODY + 14 + above_it[q] }
    BODY = top[p] + HIGH + 26 + LINE * x_lines
}
aged_at = BODY + 14
BODY = strips ? aged_at + 48 + 84 + 26 : BODY
load HERE.'/page.gp'

each = (W - EDGE) / (WIDE ? max(across, 2.0) : 1.0)
set grid y lt 1 lw 1 lc rgb GRID back
mark(p, m, t, l) = (int(column('panel')) == p && is('mark', m) && is('twin', t) && is('lang', l)) ? column('x') : NaN
array twins[2] = ['good', 'bad'] # bad is drawn last, on top

do for [p = 1:panels] {
    # up: ticks at round values, or powers of ten
    floor_at = panel_floor[p]; most = panel_top[p]
    set ytics ('' 1e-9) @TICS offset 0.6, 0
    ticks_room = 0
    by = step(most, 4)
    by = panel_whole[p] ? max(1, by) : by
    ticks = floor_at > 0 ? floor(log10(most / floor_at) + 1e-9) : floor(most / by + 1e-9)
    do for [i = 0:ticks] {
        v = floor_at > 0 ? floor_at * 10 ** i : i * by
        set ytics add (commas(v) v)
        ticks_room = max(ticks_room, wide(commas(v), 12))
    }

    names_room = 0
    do for [i = 1:labels] { if (label_panel[i] == p) { names_room = max(names_room, wide(label_text[i], 14)) } }
    side = (p - 1) % across * each
    left = side + EDGE + ticks_room + 6
    right = side + each - names_room - 10
    set lmargin at screen X(left); set rmargin at screen X(right)
    set tmargin at screen Y(TOP + top[p]); set bmargin at screen Y(TOP + top[p] + HIGH)

    # across: the points of the dial, from the right, where there is room; or names
    # from 0, unless that would squeeze the points into the right half
    x0 = panel_x0[p]; x1 = panel_x1[p]
    if (x0 == x1) {
        least = real(word(panel_points[p], words(panel_points[p]))); largest = real(word(panel_points[p], 1))
        pad = largest > least ? 0.05 * (largest - least) : 0.1 * max(largest, 10)
        x0 = least > largest / 3 ? least - 2 * pad : -1.4 * pad
        x1 = largest + pad
    }
    set xrange [x0:x1]
    set xtics ('' 1e-9) @TICS offset 0, 0.3
    taken = 1e9; i = 0
    do for [w in panel_points[p]] {
        i = i + 1
        name = panel_names[p] eq '' ? commas(real(w)) : word(panel_names[p], i)
        at = (real(w) - x0) / (x1 - x0) * (right - left)
        if (panel_names[p] ne '' || at + wide(name, 12) / 2 + 6 <= taken) {
            set xtics add (name real(w))
            taken = at - wide(name, 12) / 2
        }
    }

    if (floor_at > 0) { set logscale y } else { unset logscale y }
    set yrange [floor_at:most * (floor_at > 0 ? 1.3 : 1.06)]
    set arrow 1 from graph 0, graph 0 to graph 1, graph 0 nohead lw 1 lc rgb AXIS back
    set label 1 panel_title[p] at screen X(side + EDGE), Y(TOP + top[p] - above_it[p] + 8) font 'sans-serif:Bold,13' tc rgb INK
    set label 2 panel_about[p] at screen X(side + EDGE), Y(TOP + top[p] - above_it[p] + 26) font ',12' tc rgb MUTED
    first = 1; last = 0; gap = 16.0 / HIGH
    do for [i = 1:labels] {
        if (label_panel[i] == p) {
            first = last ? first : i; last = i
            label_at[i] = floor_at > 0 ? log(label_y[i] / floor_at) / log(most * 1.3 / floor_at) : label_y[i] / (most * 1.06)
        }
    }
    load HERE.'/apart.gp'
    set label 3 panel_x[p] at screen X(side + EDGE), Y(TOP + top[p] + HIGH + 33) font ',12' tc rgb MUTED
    do for [i = first:last] {
        set label 10 + i label_text[i] at screen X(right + 6), graph label_at[i] \
            font 'sans-serif:Bold,12.5' tc rgb text_ink(label_twin[i])
    }

    plot for [t = 1:2] for [l = 1:langs] TSV using (mark(p, 'line', twins[t], lang[l])):(column('y')) \
             with lines lw (l == 1 ? 2.2 : 1.6) dt l lc rgb ink(twins[t]), \
         for [t = 1:2] for [l = 1:langs] TSV using (mark(p, 'level', twins[t], lang[l])):(column('y')) \
             with lines lw 1.4 lc rgb ink(twins[t]), \
         for [t = 1:2] for [l = 1:langs] TSV using (mark(p, 'dot', twins[t], lang[l])):(column('y')) \
             with points pt twin_shape(twins[t]) ps (panel_dot[p] * (l == 1 ? 1 : 0.75)) lc rgb ink(twins[t]), \
         for [t = 1:2] for [l = 1:langs] TSV using (mark(p, 'beyond', twins[t], lang[l])):(column('y')) \
             with points pt 9 ps 0.6 lc rgb ink(twins[t])
    unset label
}
if (strips) {
    unset grid; unset xtics; unset ytics
    s = 1; left = EDGE; right = W - EDGE; upper = TOP + aged_at; head = 48; high = 84
    of_strip(n) = is('mark', 'aged'); label(n) = stringcolumn('twin')
    load HERE.'/strip.gp'
}
unset multiplot
