# SPDX-License-Identifier: MIT
# ageing.gp - how all tips aged: small multiples, in groups by what became of their sayings.
# Of a group in which nothing changed its title says how many there are.
#
# TSV has a row for each tip and release: strip, label, x (from 1), y, and what it is about.

load HERE.'/style.gp'
high = 72; across = WIDE ? 4 : 2; gap = 26
array group_at[groups]; array upper_of[strips]; array head_of[strips]
BODY = 6
do for [g = 1:groups] {
    group_at[g] = BODY; BODY = BODY + 36
    last = group_drawn[g] ? group_last[g] : group_first[g] - 1
    do for [s = group_first[g]:last:across] { # a row
        end = min(s + across - 1, last); head = 0
        do for [k = s:end] { head = max(head, 28.5 + tall(strip_title[k], 13)) }
        do for [k = s:end] { upper_of[k] = BODY; head_of[k] = head }
        BODY = BODY + head + high + 40
    }
}
load HERE.'/page.gp'

of_strip(n) = int(column('strip')) == s; label(n) = stringcolumn('label')
room = (W - 2 * EDGE - (across - 1) * gap) / (1.0 * across)
do for [g = 1:groups] {
    set label 500 group_title[g] at screen X(EDGE), Y(TOP + group_at[g] + 12) font 'sans-serif:Bold,15' tc rgb INK
    set arrow 500 from screen X(EDGE), Y(TOP + group_at[g] + 26) to screen X(W - EDGE), Y(TOP + group_at[g] + 26) \
        nohead lw 1 lc rgb AXIS
    last = group_drawn[g] ? group_last[g] : group_first[g] - 1
    do for [s = group_first[g]:last] {
        k = s - group_first[g]
        left = EDGE + (k % across) * (room + gap); right = left + room
        upper = TOP + upper_of[s]; head = head_of[s]
        load HERE.'/strip.gp'
    }
    if (!group_drawn[g]) { # a title alone: a plot of nothing has it set
        unset logscale; set yrange [0:1]
        plot -1 notitle
        unset label; unset arrow
    }
}
unset multiplot
