# SPDX-License-Identifier: MIT
# calibrate.gp - what the rule says of pairs whose true difference is known: a bar of
# 100 % for each true effect, split by verdict.
#
# "Slower" begins at the zero line, so that the share of effects told is a length.
# Light is "unsure"; every part that has room says its share in figures.
#
# TSV has a row for each part of a bar: from, to (percent), top, bottom (pixels from
# the top), said.

load HERE.'/style.gp'
set lmargin at screen X(left)
set rmargin at screen X(right)
set tmargin at screen Y(top)
set bmargin at screen Y(bottom)
set xrange [0:100]
set yrange [bottom:top]
set tics scale 0 nomirror textcolor rgb MUTED font 'sans-serif,12'
set xtics ('0 %%' 0, '25 %%' 25, '50 %%' 50, '75 %%' 75, '100 %%' 100) offset 0,0.3
unset ytics
set style fill solid noborder

array verdicts[4] = ['slower', 'unsure', 'same', 'faster']
array inks[4] = [BAD, '#d5dae0', MUTED, GOOD]
part(v) = stringcolumn('said') eq v ? column('from') : NaN

plot for [v = 1:4] TSV using (part(verdicts[v])):(column('top')):(column('from')):(column('to')): \
         (column('top')):(column('bottom')) with boxxyerror lc rgb inks[v]
