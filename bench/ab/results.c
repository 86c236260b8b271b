/* SPDX-License-Identifier: MIT */
/* results.c - a list of results into blocks, if its order allows. */
#include "ab/results.h"

#include "ab/formats.h"
#include "trial/complain.h"
#include "inside/median.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Drop the measures that some result lacks: they cannot be compared. */
static void drop_gaps(struct results *all, struct measures *m)
{
    for (size_t k = m->n; k-- > 0;) {
        bool gap = false;
        for (size_t i = 0; i < all->n; i++)
            gap |= isnan(all->list[i].value[k]);
        if (!gap)
            continue;
        m->n--;
        memmove(&m->list[k], &m->list[k + 1], (m->n - k) * sizeof m->list[0]);
        for (size_t i = 0; i < all->n; i++)
            memmove(&all->list[i].value[k], &all->list[i].value[k + 1],
                    (m->n - k) * sizeof(double));
    }
}

static void keep_loose(const struct results *all, struct trial *t)
{
    for (size_t k = 0; k < t->measures.n; k++)
        for (int side = 0; side < SIDES; side++) {
            struct loose *l = &t->loose[side];
            l->n = 0;
            l->value[k] = calloc(all->n, sizeof(double));
            for (size_t i = 0; l->value[k] && i < all->n; i++)
                if (all->list[i].side == side)
                    l->value[k][l->n++] = all->list[i].value[k];
        }
}

/* Results of one side that follow each other become one, their median.  What is left takes
 * turns. */
static void join_stretches(struct results *all, size_t measures)
{
    double *values = calloc(all->n + 1, sizeof *values);
    size_t n = 0, end;

    for (size_t i = 0; values && i < all->n; i = end) {
        struct result joined = all->list[i];
        for (end = i; end < all->n && all->list[end].side == joined.side; end++)
            ;
        for (size_t k = 0; k < measures; k++) {
            for (size_t at = i; at < end; at++)
                values[at - i] = all->list[at].value[k];
            joined.value[k] = median(values, end - i);
        }
        all->list[n++] = joined;
    }
    free(values);
    all->n = n;
}

enum { TURNS = 8 }; /* of a round: A B A B A B A B, or the other way round */

/* A round out of eight turns.  Of A B . B A the middle is left out, so that a drift falls on both
 * sides alike; the control is the four of A. */
static void keep_turns(struct trial *t, const struct result *turn)
{
    static const size_t of_pair[BLOCK_SLOTS] = { 0, 1, 3, 4 };
    size_t first_a = turn[0].side == SIDE_A ? 0 : 1, block = t->blocks++;

    for (size_t k = 0; k < t->measures.n; k++)
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
            t->value[k][SET_PAIR][block][slot] = turn[of_pair[slot]].value[k];
            t->value[k][SET_CONTROL][block][slot] = turn[first_a + 2 * slot].value[k];
        }
}

static void keep_blocks(const struct results *all, struct trial *t)
{
    size_t at = 0;

    while (t->blocks < RANKED_MAX) {
        int begins = block_side(t->blocks, 0) == 0 ? SIDE_B : SIDE_A; /* as trial_slot() has it */
        while (at < all->n && all->list[at].side != begins)
            at++;
        if (at + TURNS > all->n)
            break;
        keep_turns(t, &all->list[at]);
        at += TURNS;
    }
    t->blocks -= t->blocks % 2;
}

static void judge(struct series *s, struct trial *t, struct results *all)
{
    size_t values = all->n;

    s->repeats = 1;
    keep_loose(all, t);
    join_stretches(all, t->measures.n);
    if (all->ordered)
        keep_blocks(all, t);
    t->rule = rule_within(s->margin, t->measures.n, t->blocks);
    size_t needed = t->rule.looks[0];
    if (t->blocks >= needed)
        snprintf(s->note, sizeof s->note,
                 "%zu blocks out of %zu values that took turns; differences under %.3g %% do not "
                 "count.",
                 t->blocks, values, s->margin * 100);
    else if (all->ordered && all->n > 2)
        snprintf(s->note, sizeof s->note,
                 "A and B took turns %zu times; from about %zu times on what varies can be "
                 "judged.\nUntil then only numbers that never vary are.",
                 all->n / 2, needed * (TURNS + 1) / 2);
    else
        snprintf(s->note, sizeof s->note,
                 "These runs did not take turns, as far as can be seen: what the machine did\n"
                 "meanwhile is in the difference, and more of them would not show how much.\n"
                 "Only numbers that never vary are judged.");
}

int results_read(struct series *s, const char *const file[SIDES], const char *const name[SIDES])
{
    struct results all = { .ordered = !file[SIDE_B] };
    struct trial *t = series_add(s);
    const char *const only_a[SIDES] = { name[SIDE_A] }, *const only_b[SIDES] = { NULL,
                                                                                 name[SIDE_B] };
    int status;

    if (!t)
        return 1;
    t->measures.n = 0;
    for (int side = 0; side < SIDES; side++)
        t->command[side].title = t->command[side].text = one_line(strdup(name[side]));
    status = results_read_file(&all, &t->measures, file[SIDE_A], file[SIDE_B] ? only_a : name);
    if (status == 0 && file[SIDE_B])
        status = results_read_file(&all, &t->measures, file[SIDE_B], only_b);
    drop_gaps(&all, &t->measures);
    if (status == 0 && t->measures.n == 0)
        status = complain("the results of %s and %s have no measure in common", name[SIDE_A],
                          name[SIDE_B]);
    if (status == 0)
        judge(s, t, &all);
    free(all.list);
    return status;
}
