# SPDX-License-Identifier: MIT
# board.gp - every claim about time, one row each: bad against good, as a ratio.
#
# The axis is logarithmic to base 2 with 1x in the middle, so that twice as slow
# and twice as fast lie equally far out.  The shaded band is the margin: what lies
# inside counts as the same.  A mark is filled when the run could decide and hollow
# when it could not; an arrowhead is a value beyond the axis, which the figure at
# the right gives.
#
# TSV has a row for each claim: at (pixels from the top), lang, mark (slower,
# faster, same, unsure), ratio, lo, hi.

load HERE.'/style.gp'
set lmargin at screen X(left)
set rmargin at screen X(right)
set tmargin at screen Y(top)
set bmargin at screen Y(bottom)
set logscale x 2
set xrange [1 / (1.0001 * reach):1.0001 * reach] # just past the last tick, which else is lost
set yrange [bottom:top]
set tics scale 0 nomirror textcolor rgb MUTED font 'sans-serif,12'
eval 'set xtics (' . xtics . ') offset 0,0.3'
unset ytics
set grid x lt 1 lw 1 lc rgb GRID back

set object 1 rectangle from 1 / (1 + margin), graph 0 to 1 + margin, graph 1 \
    fc rgb BAND fs solid noborder behind
set arrow 1 from 1, graph 0 to 1, graph 1 nohead lw 1.2 lc rgb AXIS back
do for [i = 1:lines] {
    set arrow 10 + i from screen X(line_from), first line_at[i] \
        to screen X(line_to), first line_at[i] nohead lw 1 lc rgb GRID back
}

inside(v) = v < 1.0 / reach ? 1.0 / reach : v > reach ? reach : v
is(m, l) = stringcolumn('mark') eq m && stringcolumn('lang') eq l
at(m, l) = is(m, l) ? column('at') : NaN
off(v) = v > reach || v < 1.0 / reach
edge(v) = v > 1 ? reach : 1.0 / reach
far(hi, lo) = off(hi) ? edge(hi) : off(lo) ? edge(lo) : NaN
array marks[4] = ['slower', 'faster', 'same', 'unsure']
tone(m) = m eq 'slower' ? BAD : m eq 'faster' ? GOOD : MUTED
dot(m, l) = l ne 'go' ? (m eq 'unsure' ? RING : DISC) : (m eq 'unsure' ? OPEN_KITE : KITE)
array langs[4] = ['c', 'c+glibc', 'c+mimalloc', 'go']
size(l) = langs[l] eq 'go' ? 0.95 : 0.75

plot for [m = 1:4] for [l = 1:4] TSV \
         using (inside(column('lo'))):(at(marks[m], langs[l])):(inside(column('hi')) - inside(column('lo'))):(0) \
         with vectors nohead lw 1.8 lc rgb tone(marks[m]), \
     for [l = 1:4] TSV using (off(column('ratio')) ? NaN : column('ratio')):(at('unsure', langs[l])) \
         with points pt dot('same', langs[l]) ps size(l) lc rgb PAPER, \
     for [m = 1:4] for [l = 1:4] TSV \
         using (far(column('hi'), column('lo')) ** 0.96):(at(marks[m], langs[l])): \
               (far(column('hi'), column('lo')) - far(column('hi'), column('lo')) ** 0.96):(0) \
         with vectors head size screen 0.008,35 nofilled lw 2.4 lc rgb tone(marks[m]), \
     for [m = 1:4] for [l = 1:4] TSV \
         using (off(column('ratio')) ? NaN : column('ratio')):(at(marks[m], langs[l])) \
         with points pt dot(marks[m], langs[l]) ps size(l) lw 1.6 lc rgb tone(marks[m])
