# SPDX-License-Identifier: MIT
# card.gp - what one tip did: a sentence, and a panel for each thing watched.
#
# A panel draws a column along the dial (a line through the medians, and a dot for
# each process where they differ), or every timed process in the order of running
# (dots, the median as a line), or how the processes ended.  Axes are linear: a
# leak of one a request is a straight line.  Only an axis that begins above 0 is
# logarithmic, and its panel says so.
#
# TSV has a row for each mark: panel, mark (line, dot, level, beyond), twin, lang,
# x, y.

load HERE.'/style.gp'
set multiplot
set grid y lt 1 lw 1 lc rgb GRID back
set tics scale 0 nomirror textcolor rgb MUTED font 'sans-serif,12'

mark(p, m, t, l) = (int(column('panel')) == p && stringcolumn('mark') eq m && \
                    stringcolumn('twin') eq t && stringcolumn('lang') eq l) ? column('x') : NaN
array langs[2] = ['c', 'go']
array twins[2] = ['good', 'bad']

do for [p = 1:panels] {
    set lmargin at screen X(panel_left[p])
    set rmargin at screen X(panel_right[p])
    set tmargin at screen Y(panel_top[p])
    set bmargin at screen Y(panel_bottom[p])
    set xrange [panel_x0[p]:panel_x1[p]]
    if (panel_y0[p] > 0) { set logscale y } else { unset logscale y }
    set yrange [panel_y0[p]:panel_y1[p]]
    eval 'set xtics (' . panel_xtics[p] . ') offset 0,0.3'
    eval 'set ytics (' . panel_ytics[p] . ') offset 0.6,0'
    set arrow 1 from graph 0, graph 0 to graph 1, graph 0 nohead lw 1 lc rgb AXIS back

    plot for [t = 1:2] for [l = 1:2] TSV using (mark(p, 'line', twins[t], langs[l])):(column('y')) \
             with lines lw (l == 1 ? 2.2 : 1.6) dt l lc rgb colour(twins[t]), \
         for [t = 1:2] TSV using (mark(p, 'level', twins[t], 'c')):(column('y')) \
             with lines lw 1.4 lc rgb colour(twins[t]), \
         for [t = 1:2] for [l = 1:2] TSV using (mark(p, 'dot', twins[t], langs[l])):(column('y')) \
             with points pt shape(twins[t]) ps (panel_dot[p] * (l == 1 ? 1 : 0.75)) \
             lc rgb colour(twins[t]), \
         for [t = 1:2] TSV using (mark(p, 'beyond', twins[t], 'c')):(column('y')) \
             with points pt UP ps 0.6 lc rgb colour(twins[t])
    unset label
}
unset multiplot
