# SPDX-License-Identifier: MIT
# page.gp - the page around a drawing: what it is about and what was found, the key, and
# where it comes from.
#
# Given by chart.py: above, title, lead, notes, foot (texts, folded into lines), and the
# key's texts with their shapes and inks.  Prints how far down the title and
# the sentence reach: the report, which says both itself, shows what is below.

is_line(i) = key_shape[i] eq 'dashed' || key_shape[i] eq 'dotted'
key_room = 0; dashed = 0 # lines come last
do for [i = 1:keys] { key_room = max(key_room, wide(key_text[i], 12) + 34); dashed = dashed + is_line(i) }
key_columns = keys ? max(1, min(keys, int((W - 2 * EDGE) / key_room))) : 1

lead_at = EDGE + tall(above, 12) + tall(title, 18) + 4
key_at = lead_at + tall(lead, 13) + 6
notes_at = key_at + LINE * ceil(1.0 * keys / key_columns)
TOP = notes_at + tall(notes, 12)
H = ceil(TOP + BODY + 12 + tall(foot, 12) + EDGE - 6)

set terminal svg size W,H dynamic noenhanced font 'sans-serif,13' background PAPER
set output OUT
set multiplot

put(y, size) = Y(y + 0.7 * size)
set label 1 above at screen X(EDGE), put(EDGE, 12) font ',12' tc rgb MUTED
set label 2 title at screen X(EDGE), put(EDGE + tall(above, 12), 18) font 'sans-serif:Bold,18' tc rgb INK
set label 3 lead at screen X(EDGE), put(lead_at, 13) font ',13' tc rgb INK
set label 4 notes at screen X(EDGE), put(notes_at, 12) font ',12' tc rgb MUTED
set label 5 foot at screen X(EDGE), put(TOP + BODY + 12, 12) font ',12' tc rgb MUTED

set border 0
set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
set xrange [0:1]; set yrange [0:1]
unset tics
set key at screen X(EDGE - 8), Y(key_at) left top Left reverse horizontal maxcols key_columns \
    samplen 1 spacing LINE / 19.5 font ',12' textcolor rgb INK
key_title(i) = i > keys ? '' : key_text[i] # gnuplot looks at what an empty range names
key_size(i) = i <= keys && key_shape[i] eq 'none' ? 0.01 : 0.75 # its text has the mark
dash(i) = i > keys || key_shape[i] eq 'dashed' ? 2 : 3
plot for [i = 1:keys - dashed] keyentry with points pt shape(key_shape[i]) ps key_size(i) lc rgb ink(key_ink[i]) \
         title key_title(i), \
     for [i = keys - dashed + 1:keys] keyentry with lines lw 1.6 dt dash(i) lc rgb INK title key_title(i), \
     -1 notitle
unset key
unset label
set print '-'
print key_at
