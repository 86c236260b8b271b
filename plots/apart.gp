# SPDX-License-Identifier: MIT
# apart.gp - labels first..last, in rising order, moved as little as it takes to have them
# `gap` apart and between 0 and 1.  label_at[] is how far up the drawing they are.

if (first <= last) {
    limit = 0.0
    do for [i = first:last] { label_at[i] = max(limit, label_at[i]); limit = label_at[i] + gap }
    limit = 1.0
    do for [i = last:first:-1] { label_at[i] = min(limit, label_at[i]); limit = label_at[i] - gap }
}
