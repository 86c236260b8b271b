# SPDX-License-Identifier: MIT
# calibration.gp - what the rule says of pairs whose true difference is known: a bar of
# 100 % for each true effect, split by verdict.
#
# "Slower" begins at the zero line, so that the share of effects told is a length.  Every
# part that has room says its share in figures.
#
# TSV has a row for each part of a bar: looks, effect, bar (from 1), said, from, to
# (percent), share (as a reader sees it).

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

tone(said) = said eq 'slower' ? 'bad' : said eq 'faster' ? 'good' : said eq 'unsure' ? 'light' : 'muted'
dark(said) = said eq 'slower' || said eq 'unsure'
fits(n) = wide(stringcolumn('share'), 12) + 6 < (column('to') - column('from')) / 100 * (right - left)
middle(on_dark) = fits(0) && dark(stringcolumn('said')) != on_dark ? (column('from') + column('to')) / 2 : NaN

plot TSV using (column('from')):(bar_at[column('bar')]):(column('from')):(column('to')):(bar_at[column('bar')] - 0.4):(bar_at[column('bar')] + 0.4): \
         (rgb(tone(stringcolumn('said')))) with boxxyerror lc rgb variable, \
     for [on_dark = 0:1] TSV using (middle(on_dark)):(bar_at[column('bar')]):(stringcolumn('share')) \
         with labels center font ',12' tc rgb (on_dark ? PAPER : INK)
unset multiplot
