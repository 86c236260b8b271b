# SPDX-License-Identifier: MIT
# believed.gp - what a class believed, beside what was found: for each question a bar for each
# answer, from zero to everybody.  The one that was found has a square and is dark; where nothing
# was found all bars are alike.
#
# TSV has a row for each bar: question, answer, y (pixels below the top), share, count, found,
# said (as a reader sees it).

load HERE.'/style.gp'
BODY = body
load HERE.'/page.gp'

left = EDGE + 84
right = W - EDGE - 150
set lmargin at screen X(left); set rmargin at screen X(right)
set tmargin at screen Y(TOP); set bmargin at screen Y(TOP + BODY)
set xrange [0:1]
set yrange [BODY:0]
set style fill solid noborder
do for [i = 1:heads] {
    set label i head_text[i] at screen X(EDGE), first head_y[i] font 'sans-serif:Bold,13' tc rgb INK
}
bar(f, v) = int(column('found')) == f ? v : NaN
plot TSV using (0):(column('y')):(0):(column('share')):(column('y') - 8):(column('y') + 8):(rgb(column('found') > 0 ? 'good' : 'light')) \
         with boxxyerror lc rgb variable, \
     TSV using (0):(column('y')):(stringcolumn('answer')) with labels right offset screen -X(8), 0 font ',12' tc rgb INK, \
     TSV using (bar(0, column('share'))):(column('y')):(stringcolumn('said')) with labels left offset screen X(6), 0 font ',12' tc rgb MUTED, \
     TSV using (bar(1, column('share'))):(column('y')):(stringcolumn('said')) with labels left offset screen X(6), 0 font 'sans-serif:Bold,12' tc rgb GOOD_TEXT
unset multiplot
