/* SPDX-License-Identifier: MIT */
/* trial.c - run by run, block by block, up to an interim analysis that settles it. */
#include "ab/trial.h"

#include "inside/median.h"
#include "process/child.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPEATS_MAX = 15, ROUND = SETS * BLOCK_SLOTS };

/* --- one run --- */

/* The last line that it printed, of its errors if there are any. */
static const char *last_words(const struct run *r)
{
    static char line[120];
    const char *text = r->err[strspn(r->err, "\n")] ? r->err : r->out;
    size_t end = strlen(text);

    while (end > 0 && text[end - 1] == '\n')
        end--;
    size_t begin = end;
    while (begin > 0 && text[begin - 1] != '\n')
        begin--;
    snprintf(line, sizeof line, "%.*s", (int)(end - begin), text + begin);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    return line;
}

static int complain(const struct command *c, const char *what, const char *more)
{
    fprintf(stderr, "twinbench: ab: '%.60s' %s%s%s\n", command_title(c), what, more[0] ? ": " : "",
            more);
    return 1;
}

/* Run a command once; 0, or the exit status of all: said why. */
static int run_once(const struct trial *t, const struct command *c, struct run *r)
{
    char words[100];
    int64_t limit_ms = (int64_t)(t->budget_ns / 1e6);
    int error = command_run(c, limit_ms, r);

    if (error == -EINTR)
        return 130;
    if (error == -ETIMEDOUT) {
        snprintf(words, sizeof words, "did not end within %.0f s, which --budget leaves it",
                 t->budget_ns / 1e9);
        return complain(c, words, "");
    }
    if (error == -EINVAL)
        return complain(c, "cannot be run without a shell", "leave --shell out");
    if (error)
        return complain(c, "cannot be run", strerror(-error));
    if (r->status == 0)
        return 0;
    snprintf(words, sizeof words, "ended with %s", command_ending(r->status));
    complain(c, words, last_words(r));
    run_free(r);
    return 1;
}

static int prepare(const struct trial *t)
{
    struct run r;

    if (!t->prepare.text)
        return 0;
    int status = run_once(t, &t->prepare, &r);
    if (status == 0)
        run_free(&r);
    return status;
}

/* FNV-1a: enough to see whether two outputs are the same. */
static uint64_t hash_of(const char *bytes, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return h;
}

static void note_output(struct output *o, const struct run *r)
{
    uint64_t h = hash_of(r->out, r->out_length);

    o->varies |= o->runs > 0 && h != o->hash;
    o->hash = h;
    o->runs++;
}

/* Every measure of a run of that side into value[]. */
static int measure(struct trial *t, int side, double value[MEASURES_MAX])
{
    struct run r;
    int status = prepare(t);

    if (status == 0)
        status = run_once(t, &t->command[side], &r);
    if (status)
        return status;
    note_output(&t->output[side], &r);
    for (size_t i = 0; i < t->measures.n && !status; i++) {
        value[i] = measure_value(&t->measures.list[i], &r);
        if (isnan(value[i])) {
            fprintf(stderr,
                    "twinbench: ab: --metric %s: nothing that '%.60s' printed matches, "
                    "with a number in its first group; its last line: %s\n",
                    t->measures.list[i].name, command_title(&t->command[side]), last_words(&r));
            status = 1;
        }
    }
    run_free(&r);
    return status;
}

/* --- the plan --- */

/* How long a round takes: two blocks, three quarters of it runs of A. */
static int warm_up(struct trial *t, double *round_ns)
{
    double unused[MEASURES_MAX], took[SIDES] = { 0 };

    for (uint64_t k = 0; k == 0 || k < t->warmups; k++)
        for (int side = 0; side < SIDES; side++) {
            double began = command_clock_ns();
            int status = measure(t, side, unused);
            if (status)
                return status;
            took[side] = command_clock_ns() - began;
        }
    *round_ns = (took[SIDE_A] * 3 + took[SIDE_B]) * 2;
    return 0;
}

/* As many rounds as there is time for, or were asked for.  Where that is more than the rule knows
 * what to do with, each value is the median of several runs instead. */
static int plan(struct trial *t, double round_ns)
{
    double rounds = t->budget_ns / round_ns;

    if (t->most_runs && rounds > (double)t->most_runs / ROUND)
        rounds = (double)t->most_runs / ROUND;
    size_t most = (size_t)rounds / 2 * 2;
    t->repeats = most < DECIDE_MAX ? 1 : most / DECIDE_MAX;
    if (t->repeats > REPEATS_MAX)
        t->repeats = REPEATS_MAX;
    t->rule = rule_within(t->margin, t->measures.n, most < DECIDE_MAX ? most : DECIDE_MAX);
    if (most >= t->rule.looks[0])
        return 0;
    double needed = (double)t->rule.looks[0] * round_ns / 1e9;
    fprintf(stderr,
            "twinbench: ab: %zu blocks of %d runs are needed, and they take about %.0f s; ask for "
            "that with --budget %.0fs%s\n",
            t->rule.looks[0], ROUND, needed, ceil(needed * 1.1),
            t->most_runs ? ", and no less with --runs" : "");
    return 2;
}

/* --- a round --- */

/* The median of several runs of that side. */
static int measure_slot(struct trial *t, int side, double value[MEASURES_MAX])
{
    double all[MEASURES_MAX][REPEATS_MAX], one[MEASURES_MAX];

    for (size_t k = 0; k < t->repeats; k++) {
        int status = measure(t, side, one);
        if (status)
            return status;
        for (size_t i = 0; i < t->measures.n; i++)
            all[i][k] = one[i];
    }
    for (size_t i = 0; i < t->measures.n; i++)
        value[i] = median(all[i], t->repeats);
    return 0;
}

static int run_block(struct trial *t, int set)
{
    double value[MEASURES_MAX];

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        /* block_side() calls the numerator 0; it is B that is held against A. */
        bool is_b = block_side(t->blocks, slot) == 0;
        int status = measure_slot(t, set == SET_PAIR && is_b ? SIDE_B : SIDE_A, value);
        if (status)
            return status;
        for (size_t i = 0; i < t->measures.n; i++)
            t->value[i][set][t->blocks][slot] = value[i];
    }
    return 0;
}

/* Which block goes first changes from round to round. */
static int run_round(struct trial *t)
{
    int first = t->blocks % 2 ? SET_CONTROL : SET_PAIR;
    int status = run_block(t, first);

    if (status == 0)
        status = run_block(t, !first);
    if (status == 0)
        t->blocks++;
    return status;
}

static bool is_settled(const struct trial *t)
{
    for (size_t i = 0; i < t->measures.n; i++) {
        struct answer a = trial_answer(t, i);
        if (!a.exact && a.judged &&
            (a.pair.relation == REL_UNSURE || a.control.relation == REL_UNSURE))
            return false;
    }
    return true;
}

static bool is_look(const struct trial *t)
{
    for (int i = 0; i < LOOKS; i++)
        if (t->blocks == t->rule.looks[i])
            return true;
    return false;
}

static void show_progress(const struct trial *t, double began)
{
    size_t last = t->rule.looks[LOOKS - 1];
    struct interval i = trial_so_far(t);

    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r\033[Kblock %zu of at most %zu, %.0f s left", t->blocks, last,
            (command_clock_ns() - began) / (double)t->blocks * (double)(last - t->blocks) / 1e9);
    if (isfinite(i.lo))
        fprintf(stderr, "; time as of now %+.1f %% (%+.1f to %+.1f %%)", (exp(i.mid) - 1) * 100,
                (exp(i.lo) - 1) * 100, (exp(i.hi) - 1) * 100);
}

int trial_run(struct trial *t)
{
    double began = command_clock_ns(), round_ns;
    int status = warm_up(t, &round_ns);

    if (status == 0)
        status = plan(t, round_ns);
    double first_block = command_clock_ns();
    while (status == 0 && t->blocks < t->rule.looks[LOOKS - 1]) {
        status = run_round(t);
        if (status == 0)
            show_progress(t, first_block);
        if (status == 0 && is_look(t) && is_settled(t))
            break;
    }
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    t->spent_ns = command_clock_ns() - began;
    t->interrupted = status == 130;
    return status;
}

/* --- what it says --- */

/* The logarithm of b / a in each block.  false: some value is not above 0. */
static bool logs(const struct trial *t, size_t measure, int set, double *log_ratio)
{
    for (size_t b = 0; b < t->blocks; b++) {
        const double *v = t->value[measure][set][b];
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
            if (!(v[slot] > 0))
                return false;
        log_ratio[b] = block_value(b, v);
    }
    return true;
}

/* All values of a side of the pair's blocks, and for A those of the control, too; how many. */
static size_t values_of(const struct trial *t, size_t measure, int side, double *to)
{
    size_t n = 0;

    for (size_t b = 0; b < t->blocks; b++)
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
            bool is_b = block_side(b, slot) == 0;
            if (is_b == (side == SIDE_B))
                to[n++] = t->value[measure][SET_PAIR][b][slot];
            if (side == SIDE_A)
                to[n++] = t->value[measure][SET_CONTROL][b][slot];
        }
    return n;
}

static bool all_equal(const double *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (v[i] != v[0])
            return false;
    return n > 0;
}

static const char *const words[] = {
    [SAID_UNDECIDED] = "undecided", [SAID_SLOWER] = "slower",   [SAID_FASTER] = "faster",
    [SAID_MORE] = "more",           [SAID_LESS] = "less",       [SAID_SAME] = "same",
    [SAID_EQUAL] = "equal",         [SAID_DIFFERS] = "differs",
};
const struct words said_words = WORDS(words);

const char *said_word(enum said s)
{
    return words[s];
}

static enum said said_of(const struct measure *m, const struct answer *a)
{
    if (a->exact)
        return a->a == a->b ? SAID_EQUAL : SAID_DIFFERS;
    if (!a->judged || a->control.relation != REL_SAME)
        return SAID_UNDECIDED;
    switch (a->pair.relation) {
    case REL_SLOWER: return m->is_time ? SAID_SLOWER : SAID_MORE;
    case REL_FASTER: return m->is_time ? SAID_FASTER : SAID_LESS;
    case REL_SAME: return SAID_SAME;
    case REL_UNSURE: break;
    }
    return SAID_UNDECIDED;
}

struct answer trial_answer(const struct trial *t, size_t measure)
{
    double values[DECIDE_MAX * BLOCK_SLOTS * SETS], log_ratio[DECIDE_MAX];
    struct answer a = { .a = NAN, .b = NAN };
    bool equal[SIDES];
    double *to[SIDES] = { &a.a, &a.b };

    for (int side = 0; side < SIDES; side++) {
        size_t n = values_of(t, measure, side, values);
        equal[side] = all_equal(values, n);
        *to[side] = n ? median(values, n) : NAN;
    }
    a.exact = equal[SIDE_A] && equal[SIDE_B];
    a.judged = logs(t, measure, SET_PAIR, log_ratio);
    if (a.judged)
        a.pair = decide(&t->rule, log_ratio, t->blocks);
    a.judged = a.judged && logs(t, measure, SET_CONTROL, log_ratio);
    if (a.judged)
        a.control = decide(&t->rule, log_ratio, t->blocks);
    a.said = said_of(&t->measures.list[measure], &a);
    return a;
}

struct interval trial_so_far(const struct trial *t)
{
    double log_ratio[DECIDE_MAX];

    if (!logs(t, 0, SET_PAIR, log_ratio))
        return (struct interval){ NAN, -INFINITY, INFINITY };
    return decide_centre(log_ratio, t->blocks, t->rule.confidence);
}
