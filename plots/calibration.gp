# SPDX-License-Identifier: MIT
# calibration.gp - what the rule says of pairs whose true difference is known: a bar of
# 100 % for each true effect, split by verdict.
#
# "Slower" begins at the zero line, so that the share of effects told is a length.  Every
# part that has room says its share in figures.
#
# TSV has a row for each bar: bar (from 1), how often each was said, of so many pairs,
# and what it is about.

load HERE.'/style.gp'
PITCH = 25
array bar_at[bars]
y = 0.0
do for [i = 1:bars] {
    y = y + (head[i] eq '' ? 0 : 0.5 + 0.8 * lines(head[i])) + 1
    bar_at[i] = y - 0.5
}
bars_high = y + 0.2
HIGH = PITCH * bars_high
BODY = HIGH + 30
load HERE.'/page.gp'

left = EDGE + 54; right = W - EDGE - 18
set lmargin at screen X(left); set rmargin at screen X(right)
set tmargin at screen Y(TOP); set bmargin at screen Y(TOP + HIGH)
set xrange [0:100]
set yrange [bars_high:0]
set xtics ('' 1e-9) @TICS offset 0, 0.3
do for [i = 0:100:25] { set xtics add (sprintf('%d %%%%', i) i) }
set style fill solid noborder
do for [i = 1:bars] {
    set label i head[i] at screen X(EDGE), first bar_at[i] - 0.25 - 0.8 * lines(head[i]) font 'sans-serif:Bold,13' tc rgb INK
    set label 100 + i bar[i] at screen X(left - 10), first bar_at[i] right font ',13' tc rgb INK
}

array said[4] = ['slower', 'unsure', 'same', 'faster']
array tone[4] = ['bad', 'light', 'muted', 'good']
share(i) = 100.0 * column(said[i]) / column('pairs')
from(i) = i < 2 ? 0 : from(i - 1) + share(i - 1)
# Rounded, but never to a 0 or 100 that it is not.
figures(v) = sprintf((v > 0 && v < 1) || (v > 99 && v < 100) ? '%.1f %%' : '%.0f %%', v)
middle(i) = wide(figures(share(i)), 12) + 6 < share(i) / 100 * (right - left) ? from(i) + share(i) / 2 : NaN

plot for [i = 1:4] TSV using (share(i) > 0 ? from(i) : NaN):(bar_at[column('bar')]):(from(i)):(from(i) + share(i)): \
         (bar_at[column('bar')] - 0.4):(bar_at[column('bar')] + 0.4) with boxxyerror lc rgb ink(tone[i]), \
     for [i = 1:4] TSV using (middle(i)):(bar_at[column('bar')]):(figures(share(i))) \
         with labels center font ',12' tc rgb (i < 3 ? INK : PAPER)
unset multiplot
