# SPDX-License-Identifier: MIT
# style.gp - what all charts share: colours, marks, and how texts are measured.
#
# chart.py sets the variables of a script and writes the .tsv that it reads.  A script
# loads this file, says how high its drawing is (BODY, in pixels), loads page.gp, and
# draws between `TOP` and `TOP + BODY`.
#
# Bad is orange and a disc, good is blue and a square.  They are told apart in grey too,
# where the blue is much the darker.  Real Go is dashed and smaller.

set encoding utf8
set datafile separator tab

INK = '#1d2329'; MUTED = '#5a6470'; AXIS = '#9aa3ad'; GRID = '#e6e9ed'; BAND = '#e9edf1'
PAPER = '#ffffff'; BAD = '#e07b1a'; GOOD = '#14568f'; LIGHT = '#d5dae0'
BAD_TEXT = '#a34a00'; GOOD_TEXT = '#14568e' # darker than the marks: letters are thin

# What the words in a .tsv look like.
ink(s) = s eq 'bad' ? BAD : s eq 'good' ? GOOD : s eq 'ink' ? INK : s eq 'axis' ? AXIS : s eq 'band' ? BAND : \
         s eq 'light' ? LIGHT : MUTED
text_ink(s) = s eq 'bad' ? BAD_TEXT : s eq 'good' ? GOOD_TEXT : ink(s)
rgb(s) = int('0x' . ink(s)[2:7])
shape(s) = s eq 'disc' ? 7 : s eq 'ring' ? 6 : s eq 'square' ? 5 : s eq 'kite' ? 13 : \
           s eq 'open kite' ? 12 : s eq 'open square' ? 4 : 9 # a triangle
twin_shape(t) = t eq 'bad' ? 7 : 5
is(name, s) = stringcolumn(name) eq s

WIDE = W > 600
EDGE = 16 # pixels of white around everything
LINE = 18 # from a line of text to the next
X(px) = px / (1.0 * W)
Y(px) = 1 - px / (1.0 * H)

# How much room texts need, in DejaVu Sans: the widest of the fonts that a bare machine is
# likely to show.  Bold ones need what a size more would.
max(a, b) = a > b ? a : b
min(a, b) = a < b ? a : b
lines(s) = strstrt(s, "\n") ? 1 + lines(s[strstrt(s, "\n") + 1:*]) : 1
tall(s, size) = s eq '' ? 0 : 1.5 * size * lines(s)
wide(s, size) = 0.6 * size * (strstrt(s, "\n") ? max(strstrt(s, "\n") - 1, \
                wide(s[strstrt(s, "\n") + 1:*], size) / 0.6 / size) : strlen(s))

# Ticks have no lines.  A list of them begins with one that shows nothing: an empty list would
# be gnuplot's own.  1,024 and 0.25; and round steps, at most about `n` of them up to `largest`.
TICS = "scale 0 nomirror textcolor rgb '".MUTED."' font ',12'"
commas(v) = abs(v) < 1000 ? sprintf('%.3g', v) : commas(floor(v / 1000.0)) . sprintf(',%03d', v - 1000 * floor(v / 1000.0))
tenth(v) = 10 ** floor(log10(v))
rounder(m) = m <= 1.001 ? 1 : m <= 2.001 ? 2 : m <= 2.501 ? 2.5 : m <= 5.001 ? 5 : 10
step(largest, n) = tenth(1.0 * largest / n) * rounder(1.0 * largest / n / tenth(1.0 * largest / n))
