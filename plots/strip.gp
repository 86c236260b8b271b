# SPDX-License-Identifier: MIT
# strip.gp - how one tip aged, release by release: a card's last panel, and a cell of the
# page for all tips.
#
# Each release of Go has a mark with its interval, hollow where the saying's label is not
# decided.  A wash lies behind all releases in which it is a myth: a saying that was true
# once and is a myth now is seen from afar, for its marks leave the white for the grey.
#
# Given: strip `s` of the arrays that draw_ageing.py makes, and its box in pixels: left and
# right; where its title begins (upper) and how far below that the marks do (head); how high
# they may go (high).  Of TSV, its rows and their label: of_strip(0) and label(0).

label_ink(l) = decided(l) ? 'ink' : 'muted'
decided(l) = l eq 'true' || l eq 'myth'

from = strip_first[s]; until = strip_last[s]; n = until - from + 1
each = (right - left) / (1.0 * n)
set lmargin at screen X(left); set rmargin at screen X(right)
set tmargin at screen Y(upper + head); set bmargin at screen Y(upper + head + high)
set xrange [0.5:n + 0.5]
lift = high / (high - 36.0) # room above the marks, for words
low = strip_low[s]; top = strip_top[s]
if (strip_log[s]) { set logscale y } else { unset logscale y }
set yrange [low:strip_log[s] ? low * (top / low) ** lift : low + (top - low) * lift]
set label 1 strip_title[s] at screen X(left), Y(upper + 8) font 'sans-serif:Bold,13' tc rgb INK
set label 2 strip_what[s] at screen X(left), Y(upper + 6.5 + tall(strip_title[s], 13)) font ',12' tc rgb MUTED
set arrow 1 from 0.5, graph 0 to n + 0.5, graph 0 nohead lw 1 lc rgb AXIS back
if (strip_base[s] > low) {
    set arrow 2 from 0.5, first strip_base[s] to n + 0.5, first strip_base[s] nohead lw 1 lc rgb AXIS back
}

# Values stand above all marks where there is room, else above the first and the last; and so
# do the names of releases below them, as many as there is room for.
roomy = 1
do for [i = from:until] { roomy = roomy && wide(age_said[i], 13) + 8 < each }
every = int(ceil((wide(age_name[until], 12) + 8) / each))
above(i, to) = i == to ? age_high[i] : max(age_high[i], above(i + (to > i ? 1 : -1), to))
same = from # where a stretch of releases with one label begins
do for [i = from:until] {
    x = i - from + 1; it_is = age_label[i]; said = age_said[i]
    if (i == from || ((until - i) % every == 0 && x > every)) {
        set label 100 + i age_name[i] at x, graph 0 center offset 0, screen Y(14) - Y(0) font ',12' tc rgb MUTED
    }
    if (it_is eq 'myth') {
        set object i rectangle from x - 0.5, graph 0 to x + 0.5, graph 1 fc rgb BAND fs solid noborder behind
    }
    if (age_low[i] < age_high[i]) {
        set arrow 100 + i from x, first age_low[i] to x, first age_high[i] nohead lw 1.8 lc rgb ink(label_ink(it_is)) front
    }
    if (roomy || i == from || i == until) {
        far = roomy ? 0 : int(min(n - 1, wide(said, 13) / each)) # so many marks lie below these words
        ends_at = roomy ? wide(said, 12) / 2 : i == from ? wide(said, 13) : 0
        set label 200 + i said at (roomy ? x : i == from ? 0.5 : n + 0.5), first above(i, i == from ? i + far : i - far) \
            right offset screen X(ends_at), screen Y(0) - Y(12) font 'sans-serif:Bold,12' tc rgb INK
    }
    if (i == until || age_label[min(i + 1, until)] ne it_is) {
        if (wide(it_is, 12) < (i - same + 1) * each) {
            set label 300 + i it_is at (same + i) / 2.0 - from + 1, graph 1 center offset 0, screen Y(10) - Y(0) \
                font ',12' tc rgb text_ink(label_ink(it_is))
        }
        same = i + 1
    }
}
plot TSV using (of_strip(0) ? column('x') : NaN):(column('y')) with lines lw 1.2 lc rgb AXIS, \
     TSV using (of_strip(0) && decided(label(0)) ? column('x') : NaN):(column('y')) with points pt shape('disc') ps 0.75 lc rgb INK, \
     TSV using (of_strip(0) && !decided(label(0)) ? column('x') : NaN):(column('y')) \
         with points pt shape('ring') ps 0.75 lw 1.6 lc rgb MUTED
unset label; unset arrow; unset object
