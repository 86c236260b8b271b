# SPDX-License-Identifier: MIT
# curve.gp - what something costs along a size, both axes logarithmic, a line for each way
# to have it; and where two of the lines cross.
#
# TSV has a row for each point: line, role (what the line is painted in), size, ns, and
# more that is for readers.

load HERE.'/style.gp'
HIGH = 300
BODY = 24 + HIGH + 48
load HERE.'/page.gp'

names_room = 0
array label_at[labels]
do for [i = 1:labels] {
    names_room = max(names_room, wide(label_text[i], 14))
    label_at[i] = log(label_ns[i] / y0) / log(y1 / y0)
}
first = 1; last = labels; gap = 16.0 / HIGH
load HERE.'/apart.gp'
set lmargin at screen X(EDGE + 52); set rmargin at screen X(W - EDGE - names_room - 4)
set tmargin at screen Y(TOP + 24); set bmargin at screen Y(TOP + 24 + HIGH)
set logscale x 2
set logscale y 10
set xrange [x0 * 0.85:x1 * 1.01]
set yrange [y0:y1]
bytes(b) = b < 1024 ? sprintf('%g B', b) : b < 1048576 ? sprintf('%g KiB', b / 1024) : sprintf('%g MiB', b / 1048576)
span(ns) = ns < 1e3 ? sprintf('%g ns', ns) : ns < 1e6 ? sprintf('%g µs', ns / 1e3) : sprintf('%g ms', ns / 1e6)
set xtics ('' 1e-9) @TICS offset 0, 0.3
do for [i = 0:int(log(x1 / x0) / log(2) + 0.5):(WIDE ? 2 : 4)] { set xtics add (bytes(x0 * 2.0 ** i) x0 * 2.0 ** i) }
set ytics ('' 1e-9) @TICS offset 0.6, 0
do for [i = 0:int(log10(y1 / y0) + 0.5)] { set ytics add (span(y0 * 10 ** i) y0 * 10 ** i) }
set grid y lt 1 lw 1 lc rgb GRID back
set arrow 1 from graph 0, graph 0 to graph 1, graph 0 nohead lw 1 lc rgb AXIS back
if (even > 0) {
    set arrow 2 from even, graph 0 to even, graph 1 nohead lw 1.2 dt 2 lc rgb INK back
    set label 1 'break-even '.even_said at even, graph 1 center offset 0, screen Y(0) - Y(10) font ',12' tc rgb INK
}
set label 2 x_label at graph 0, graph 0 offset 0, screen Y(33) - Y(0) font ',12' tc rgb MUTED
do for [i = 1:labels] {
    set label 10 + i label_text[i] at graph 1, graph label_at[i] offset screen X(8), 0 \
        font 'sans-serif:Bold,12.5' tc rgb text_ink(label_role[i])
}

is_line(l, v) = int(column('line')) == l ? v : NaN
array marks[5] = ['disc', 'square', 'up', 'kite', 'ring']
plot for [l = 1:ways] TSV using (is_line(l, column('size'))):(column('ns')) with lines lw 2.2 lc rgb ink(role[l]), \
     for [l = 1:ways] TSV using (is_line(l, column('size'))):(column('ns')) \
         with points pt shape(marks[l]) ps 0.6 lw 1.6 lc rgb ink(role[l])
unset multiplot
