/* SPDX-License-Identifier: MIT */
/* comparison.c - which claims can be compared, and what each run found of them by one margin. */
#include "show/comparison.h"

#include "say/sentences.h"
#include "store/machine.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what can be compared --- */

static int refuse(const struct comparison *c, size_t a, size_t b, const char *why)
{
    fprintf(stderr, "twinbench: %s and %s cannot be compared: %s\n", c->runs[a].name,
            c->runs[b].name, why);
    return -EINVAL;
}

static bool is_quick(const struct comparison *c, size_t run)
{
    return json_is_true(json_object_get(c->runs[run].machine, "quick"));
}

static int check_runs(const struct comparison *c)
{
    for (size_t i = 1; i < c->nruns; i++) {
        for (size_t k = 0; k < i; k++)
            if (strcmp(c->runs[i].folder, c->runs[k].folder) == 0)
                return refuse(c, k, i, "they are one and the same");
        if (is_quick(c, i) != is_quick(c, 0))
            return refuse(c, 0, i,
                          "one is quick and one is full, so they are decided by different "
                          "numbers of blocks; measure again with, or without, QUICK=1");
    }
    return 0;
}

static bool same_claim(const json_t *a, const json_t *b)
{
    static const char *const parts[] = { "column", "bad", "good", "ratio" };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!json_equal(json_object_get(a, parts[i]), json_object_get(b, parts[i])))
            return false;
    return true;
}

/* Do both runs have the same claims and parameter for this tip?  Its prose may differ. */
static bool same_question(const struct saved_run *a, const struct saved_run *b, const char *tip)
{
    const json_t *x = saved_run_tip(a, tip), *y = saved_run_tip(b, tip);
    const json_t *claims = json_object_get(x, "claims"), *others = json_object_get(y, "claims");

    if (!json_equal(json_object_get(x, "dial"), json_object_get(y, "dial")) ||
        !json_equal(json_object_get(x, "points"), json_object_get(y, "points")) ||
        json_array_size(claims) != json_array_size(others))
        return false;
    for (size_t i = 0; i < json_array_size(claims); i++)
        if (!same_claim(json_array_get(claims, i), json_array_get(others, i)))
            return false;
    return true;
}

static void leave_out(struct comparison *c, const char *tip)
{
    for (size_t i = 0; i < c->nleft_out; i++)
        if (strcmp(c->left_out[i], tip) == 0)
            return;
    if (c->nleft_out < MAX_LEFT_OUT)
        c->left_out[c->nleft_out++] = tip;
}

/* --- judging again --- */

/* The claim as that run had it: what matters for time. */
static struct claim claim_of(const struct saved_run *p, const struct verdict *v)
{
    const json_t *claims = json_object_get(saved_run_tip(p, v->tip), "claims");
    const json_t *c = json_array_get(claims, v->claim);
    const char *bad = json_string_value(json_object_get(c, "bad"));

    bool same = verdict_is_control(v) || (bad && strcmp(bad, expect_word(SAME)) == 0);

    return (struct claim){ .column = "time",
                           .bad = same ? SAME : SLOWER,
                           .ratio = json_number_value(json_object_get(c, "ratio")) };
}

/* The finding of that run by the margin of the comparison.  If its control came out different,
 * every time was unsure, and stays so. */
static enum finding judge_again(const struct comparison *c, size_t run, const struct verdict *v)
{
    const struct saved_run *p = &c->runs[run];
    struct rule rule = { .margin = c->margin };

    if (!verdict_is_time(v) || isnan(v->ratio) || machine_margin(p->machine) == c->margin)
        return v->finding;
    struct claim claim = claim_of(p, v);
    struct decision d = {
        decide_relation(v->lo, v->hi, c->margin), v->ratio, v->lo, v->hi, v->n, 0
    };
    return judge_relation(&claim, &rule, &d);
}

static bool overlap(const struct verdict *a, const struct verdict *b)
{
    return !(a->lo > b->hi || b->lo > a->hi);
}

static void judge_row(const struct comparison *c, struct row *r)
{
    for (size_t i = 0; i < c->nruns; i++)
        r->finding[i] = judge_again(c, i, &r->in[i]->v);
    for (size_t i = 1; i < c->nruns; i++) {
        r->changed |= r->finding[i] != r->finding[0];
        for (size_t k = 0; k < i; k++)
            r->apart |= verdict_is_time(&r->in[i]->v) && !overlap(&r->in[i]->v, &r->in[k]->v);
    }
}

/* A row for each claim that every run judged; the first run gives the order. */
static void add_row(struct comparison *c, const struct verdict_row *row)
{
    const struct verdict *first = &row->v;
    struct row r = { .in = { row } };

    for (size_t i = 1; i < c->nruns; i++) {
        r.in[i] = saved_run_verdict(&c->runs[i], first->tip, first->claim, first->executor);
        if (!verdict_is_control(first) && saved_run_tip(&c->runs[i], first->tip) &&
            !same_question(&c->runs[0], &c->runs[i], first->tip)) {
            leave_out(c, first->tip);
            return;
        }
        if (!r.in[i])
            return;
    }
    judge_row(c, &r);
    c->rows[c->nrows++] = r;
}

static size_t count_tips(const struct comparison *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->nrows; i++)
        n += !verdict_is_control(&c->rows[i].in[0]->v);
    return n;
}

int comparison_judge(struct comparison *c)
{
    int error = check_runs(c);

    if (error)
        return error;
    for (size_t i = 0; i < c->nruns; i++)
        c->margin = fmax(c->margin, machine_margin(c->runs[i].machine));
    c->rows = calloc(c->runs[0].nverdicts + 1, sizeof *c->rows);
    if (!c->rows)
        return -ENOMEM;
    for (size_t i = 0; i < c->runs[0].nverdicts; i++)
        add_row(c, &c->runs[0].verdicts[i]);
    if (count_tips(c) > 0)
        return 0;
    return refuse(c, 0, c->nruns - 1,
                  c->nleft_out ? "no tip claims the same in all of them"
                               : "no tip was judged in all of them");
}

int comparison_open(struct comparison *c, const char *const *names, size_t n)
{
    int error = 0;

    for (; c->nruns < n && !error; c->nruns++)
        error = saved_run_open(&c->runs[c->nruns], names[c->nruns]);
    for (size_t i = 0; i < c->nruns && !error; i++)
        if (saved_labels_read(c->runs[i].folder, &c->labels[i]) == -ENOMEM)
            error = -ENOMEM;
    return error;
}

void comparison_close(struct comparison *c)
{
    for (size_t i = 0; i < c->nruns; i++) {
        saved_run_close(&c->runs[i]);
        saved_labels_free(&c->labels[i]);
    }
    free(c->rows);
}
