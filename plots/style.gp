# SPDX-License-Identifier: MIT
# style.gp - what all charts share: colours, type, and how a page is measured.
#
# The scripts beside this one draw and decide nothing: page.py sets their
# variables and writes the .tsv they read.  A length in a variable is in pixels of
# the page, which is W wide and H high and counted from its top left.
#
# Bad is orange and a disc, good is blue and a square.  They are told apart in
# grey too, where the blue is much the darker.  Real Go is dashed and smaller.

INK = '#1d2329'; MUTED = '#5a6470'; AXIS = '#9aa3ad'; GRID = '#e6e9ed'; BAND = '#e9edf1'
PAPER = '#ffffff'; BAD = '#e07b1a'; GOOD = '#14568f'
DISC = 7; RING = 6; SQUARE = 5; KITE = 13; OPEN_KITE = 12; UP = 9

colour(twin) = twin eq 'bad' ? BAD : GOOD
shape(twin) = twin eq 'bad' ? DISC : SQUARE

set terminal svg size W,H fixed noenhanced font 'sans-serif,13' background PAPER
set output OUT
set encoding utf8
set datafile separator tab
unset key
set border 0

X(px) = px / (1.0 * W)
Y(px) = 1 - px / (1.0 * H)

# Every text that is not a tick stands in these arrays, placed by page.py, which
# knows how wide it is.  Labels belong to the page and show with the next plot.
do for [i = 1:texts] {
    ink = words_colour[i]
    face = sprintf('sans-serif%s,%g', words_bold[i] ? ':Bold' : '', words_size[i])
    if (words_align[i] eq 'left') {
        set label i words[i] at screen X(words_x[i]), Y(words_y[i]) left font face tc rgb ink front
    } else {
        set label i words[i] at screen X(words_x[i]), Y(words_y[i]) right font face tc rgb ink front
    }
}
