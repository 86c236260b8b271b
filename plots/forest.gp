# SPDX-License-Identifier: MIT
# forest.gp - ratios of times, one row each: bad against good, with the interval.
#
# The axis is logarithmic to base 2 with 1x in the middle, so that twice as slow and twice
# as fast lie equally far out.  The shaded band is the margin: what lies inside counts as
# the same.  An arrowhead is an end beyond the axis; a ratio that is beyond it stands beside it.
#
# A row has a name, and its verdict and figures: beside the axis, or on a phone above the
# mark.  Places of rows are in lines of text, from the top of the drawing.
#
# TSV has a line for each row: row (from 1), shape, ink, ratio, lo, hi, and what it is about.

load HERE.'/style.gp'
# As far as the intervals on both sides, to a power of two: but one tip that is a hundred
# times slower must not press all others into the middle.
stats TSV using (max(-log(column('lo')), log(column('hi'))) / log(2)) name 'FAR' nooutput
if (!exists('FAR_max')) { FAR_max = 0.0 } # nothing was timed: an empty axis
octaves = min(4, ceil(max(0.9, FAR_max) + 0.1))
reach = 2.0 ** octaves

some = max(rows, 1) # gnuplot has no empty array
array name_at[some]; array said_at[some]; array at[some]; array rule[some]
rules = 0; y = 0.0; name_end = 0.0
do for [i = 1:rows] {
    y = name[i] eq '' ? y : max(y, name_end)
    if (i > 1 && !beside[i]) { rules = rules + 1; rule[rules] = y + 0.1; y = y + 0.2 }
    y = y + (before[i] eq '' ? 0 : 1.4)
    high = name[i] eq '' ? 0 : lines(name[i])
    name_at[i] = y + 0.65
    said_at[i] = y + (WIDE ? 0.65 : high + 0.55)
    at[i] = said_at[i] + (WIDE ? 0 : 0.85)
    y = said_at[i] + (WIDE ? 0.65 : 1.5)
    name_end = high ? name_at[i] + high - 0.35 : name_end
}
rows_high = max(max(y, name_end), 1)
BODY = 30 + LINE * rows_high + 26
load HERE.'/page.gp'

names_room = 0; figures_room = 0
do for [i = 1:rows] {
    names_room = max(names_room, wide(name[i], 13))
    figures_room = max(figures_room, wide(said[i], 14) + wide(figures[i], 12.5))
}
left = WIDE ? EDGE + names_room + 14 : 2 * EDGE
right = WIDE ? W - EDGE - 14 - 10 - figures_room : W - 2 * EDGE
set lmargin at screen X(left); set rmargin at screen X(right)
set tmargin at screen Y(TOP + 30); set bmargin at screen Y(TOP + 30 + LINE * rows_high)

set logscale x 2
set xrange [1 / (1.0001 * reach):1.0001 * reach] # just past the last tick, which else is lost
set yrange [rows_high:0]
every = (right - left) / (2 * octaves + 1) > 40 ? 1 : 2
set xtics ('' 1e-9) @TICS offset 0, 0.3
do for [i = -octaves:octaves] {
    if (i % every == 0) { set xtics add ((i < 0 ? '1/' : '') . sprintf('%g×', 2.0 ** abs(i)) 2.0 ** i) }
}
set grid x lt 1 lw 1 lc rgb GRID back
set object 1 rectangle from 1 / (1 + margin), graph 0 to 1 + margin, graph 1 fc rgb BAND fs solid noborder behind
set arrow 1 from 1, graph 0 to 1, graph 1 nohead lw 1.2 lc rgb AXIS back
set label 1 '← bad is faster' at 1, screen Y(TOP + 17) right offset screen -X(8), 0 font ',12' tc rgb MUTED
set label 2 'bad is slower →' at 1, screen Y(TOP + 17) left offset screen X(8), 0 font ',12' tc rgb MUTED
do for [i = 1:rules] {
    set arrow 10 + i from screen X(EDGE), first rule[i] to screen X(W - EDGE), first rule[i] \
        nohead lw 1 lc rgb GRID back
}

do for [i = 1:rows] {
    if (beside[i]) {
        set label 1000 + i name[i] at screen X(left - 14), first name_at[i] right font ',13' tc rgb MUTED
    } else {
        set label 1000 + i name[i] at screen X(EDGE), first name_at[i] left \
            font (name_bold[i] ? 'sans-serif:Bold,13' : ',13') tc rgb INK
    }
    set label 2000 + i said[i] at screen X(WIDE ? right + 14 : EDGE), first said_at[i] left \
        font (said_bold[i] ? 'sans-serif:Bold,13' : ',13') tc rgb text_ink(said_ink[i])
    set label 3000 + i figures[i] at screen X(W - EDGE), first said_at[i] right font ',12' tc rgb MUTED
    set label 4000 + i before[i] at screen X(EDGE), first name_at[i] - 1.05 font ',12' tc rgb MUTED
}

inside(v) = v < 1.0 / reach ? 1.0 / reach : v > reach ? reach : v
off(v) = v > reach || v < 1.0 / reach
edge(v) = v > 1 ? reach : 1.0 / reach
far(hi, lo) = off(hi) ? edge(hi) : off(lo) ? edge(lo) : NaN
hollow(s) = strstrt(s, 'ring') || strstrt(s, 'open')
tone(n) = rgb(stringcolumn('ink'))
mark(n) = off(column('ratio')) ? NaN : column('ratio')
beyond(n) = word(figures[int(column('row'))], 1) # the ratio, as it stands at the right

plot TSV using (inside(column('lo')) < inside(column('hi')) ? inside(column('lo')) : NaN):(at[int(column('row'))]):(inside(column('hi')) - inside(column('lo'))):(0):(tone(0)) \
         with vectors nohead lw 1.8 lc rgb variable, \
     TSV using (hollow(stringcolumn('shape')) ? mark(0) : NaN):(at[int(column('row'))]):(shape(stringcolumn('shape')) + 1) \
         with points pt variable ps 0.75 lc rgb PAPER, \
     TSV using (far(column('hi'), column('lo')) ** 0.96):(at[int(column('row'))]): \
               (far(column('hi'), column('lo')) - far(column('hi'), column('lo')) ** 0.96):(0):(tone(0)) \
         with vectors head size screen X(7),35 nofilled lw 2.4 lc rgb variable, \
     TSV using (mark(0)):(at[int(column('row'))]):(shape(stringcolumn('shape'))):(tone(0)) \
         with points pt variable ps 0.75 lw 1.6 lc rgb variable, \
     TSV using (column('ratio') > reach ? min(inside(column('lo')), reach ** 0.96) : NaN):(at[int(column('row'))]):(beyond(0)) \
         with labels right offset screen -X(6), 0 font ',12' tc rgb MUTED, \
     TSV using (column('ratio') < 1 / reach ? max(inside(column('hi')), reach ** -0.96) : NaN):(at[int(column('row'))]):(beyond(0)) \
         with labels left offset screen X(6), 0 font ',12' tc rgb MUTED
unset multiplot
