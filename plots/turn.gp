# SPDX-License-Identifier: MIT
# turn.gp - the ratio of the twins' times along the size of a request, a line for each
# executor, both axes logarithmic.  The shaded band is the margin: what lies inside counts as
# the same.
#
# TSV has a row for each point: line, lang, size, ratio, lo, hi.

load HERE.'/style.gp'
HIGH = 220
BODY = 28 + HIGH + 48
load HERE.'/page.gp'

set lmargin at screen X(EDGE + 44); set rmargin at screen X(W - 2 * EDGE)
set tmargin at screen Y(TOP + 28); set bmargin at screen Y(TOP + 28 + HIGH)
set logscale x 2
set logscale y 2
set xrange [size_at[1] / 1.3:size_at[sizes] * 1.3]
set yrange [y0:y1]
set xtics ('' 1e-9) @TICS offset 0, 0.3
each = (W - 3 * EDGE - 44) / (log(size_at[sizes] / size_at[1]) + 2 * log(1.3)) # pixels of a factor e
taken = -1e9
do for [i = 1:sizes] {
    at = log(size_at[i]) * each; half = wide(commas(size_at[i]), 12) / 2
    if (at - half > taken + 8) { set xtics add (commas(size_at[i]) size_at[i]); taken = at + half }
}
octaves = int(log(y1 / y0) / log(2) + 0.5)
set ytics ('' 1e-9) @TICS offset 0.6, 0
do for [i = 0:octaves:(octaves > 7 ? 2 : 1)] {
    v = y0 * 2.0 ** i
    set ytics add ((v < 1 ? '1/'.sprintf('%g', 1 / v) : sprintf('%g', v)).'×' v)
}
set grid y lt 1 lw 1 lc rgb GRID back
set object 1 rectangle from graph 0, first 1 / (1 + margin) to graph 1, first 1 + margin fc rgb BAND fs solid noborder behind
set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lw 1.2 lc rgb AXIS back
set label 1 'bad is slower ↑' at graph 0, graph 1 offset screen X(4), screen Y(0) - Y(12) font ',12' tc rgb MUTED
set label 2 'bad is faster ↓' at graph 1, graph 0 right offset 0, screen Y(0) - Y(10) font ',12' tc rgb MUTED
set label 3 x_label at graph 0, graph 0 offset 0, screen Y(33) - Y(0) font ',12' tc rgb MUTED

# The second line stands a little to the right, or marks of one height would hide each other.
is_line(l, v) = int(column('line')) == l ? v * 1.06 ** (l - 1) : NaN
plot for [l = 1:ways] TSV using (is_line(l, column('size'))):(column('ratio')) with lines lw 1.8 dt l lc rgb ink(role[l]), \
     for [l = 1:ways] TSV using (is_line(l, column('size'))):(column('ratio')):(column('lo')):(column('hi')) \
         with yerrorbars pt shape(mark[l]) ps 0.7 lw 1.6 lc rgb ink(role[l])
unset multiplot
