# SPDX-License-Identifier: MIT
# compare.gp - the same pair in several runs: bad against good, as a ratio, a line for
# each run.
#
# The axis is that of the board: logarithmic, 1x in the middle, the margin shaded.  Runs
# are told apart by shape and by colour, and stand in the same order in every row.
#
# TSV has a row for each mark: at (pixels from the top), run (from 1), ratio, lo, hi.

load HERE.'/style.gp'
set lmargin at screen X(left)
set rmargin at screen X(right)
set tmargin at screen Y(top)
set bmargin at screen Y(bottom)
set logscale x 2
set xrange [1 / (1.0001 * reach):1.0001 * reach]
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

array shapes[6] = [DISC, SQUARE, KITE, UP, RING, OPEN_KITE]
array inks[6] = [GOOD, BAD, INK, MUTED, GOOD, BAD]
inside(v) = v < 1.0 / reach ? 1.0 / reach : v > reach ? reach : v
at(r) = int(column('run')) == r ? column('at') : NaN

plot for [r = 1:runs] TSV \
         using (inside(column('lo'))):(at(r)):(inside(column('hi')) - inside(column('lo'))):(0) \
         with vectors nohead lw 1.8 lc rgb inks[r], \
     for [r = 1:runs] TSV using (inside(column('ratio'))):(at(r)) \
         with points pt shapes[r] ps 0.8 lw 1.6 lc rgb inks[r]
