# SPDX-License-Identifier: MIT
# curve.gp - what something costs along a size, both axes logarithmic, a line for each way
# to have it; and where two of the lines cross.
#
# TSV has a row for each point: line, role (bad, good, or other), size, ns, and more that
# is for readers.

load HERE.'/style.gp'
set lmargin at screen X(left)
set rmargin at screen X(right)
set tmargin at screen Y(top)
set bmargin at screen Y(bottom)
set logscale x 2
set logscale y 10
set xrange [x0:x1]
set yrange [y0:y1]
set tics scale 0 nomirror textcolor rgb MUTED font 'sans-serif,12'
unset mxtics
unset mytics
eval 'set xtics (' . xtics . ') offset 0,0.3'
eval 'set ytics (' . ytics . ') offset 0.6,0'
set grid y lt 1 lw 1 lc rgb GRID back
set arrow 1 from graph 0, graph 0 to graph 1, graph 0 nohead lw 1 lc rgb AXIS back
if (even > 0) set arrow 2 from even, graph 0 to even, graph 1 nohead lw 1.2 dt 2 lc rgb INK back

is(l, v) = int(column('line')) == l ? v : NaN
tone(l) = roles[l] eq 'bad' ? BAD : roles[l] eq 'good' ? GOOD : MUTED
array marks[5] = [DISC, SQUARE, UP, KITE, RING]

plot for [l = 1:lines] TSV using (is(l, column('size'))):(column('ns')) \
         with lines lw 2.2 lc rgb tone(l), \
     for [l = 1:lines] TSV using (is(l, column('size'))):(column('ns')) \
         with points pt marks[l] ps 0.6 lw 1.6 lc rgb tone(l)
