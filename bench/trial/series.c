/* SPDX-License-Identifier: MIT */
/* series.c - run by run, round by round, up to the interim analyses that settle it. */
#include "trial/series.h"

#include "trial/complain.h"
#include "trial/journal.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the pairs --- */

struct trial *series_add(struct series *s)
{
    struct trial *t = s->n < PAIRS_MAX ? calloc(1, sizeof *t) : NULL;

    if (!t) {
        complain("more than %d pairs; name fewer of them", PAIRS_MAX);
        return NULL;
    }
    measures_start(&t->measures);
    s->trial[s->n++] = t;
    return t;
}

void series_free(struct series *s)
{
    for (size_t i = 0; i < s->n; i++) {
        measures_free(&s->trial[i]->measures);
        free(s->trial[i]);
    }
    s->n = 0;
}

size_t series_runs(const struct series *s)
{
    size_t blocks = 0;

    for (size_t i = 0; i < s->n; i++)
        blocks += s->trial[i]->blocks;
    return blocks * ROUND_SLOTS * s->repeats;
}

bool series_has_blocks(const struct series *s)
{
    return series_runs(s) > 0;
}

/* --- one run --- */

/* Run a command once; 0, or the exit status of all: said why. */
static int run_once(const struct series *s, const struct command *c, struct run *r)
{
    const char *title = command_title(c);
    int error = command_run(c, (int64_t)(s->budget_ns / 1e6), r);

    if (error == -EINTR)
        return 130;
    if (error == -ETIMEDOUT)
        return complain("'%.60s' did not end within %.0f s, which --budget leaves it", title,
                        s->budget_ns / 1e9);
    if (error == -EFBIG)
        return command_too_long(title);
    if (error == -EINVAL)
        return complain("'%.60s' cannot be run without a shell: leave --shell out", title);
    if (error)
        return complain("'%.60s' cannot be run%s%s: %s", title, c->shell ? " by the shell " : "",
                        c->shell ? c->shell : "", strerror(-error));
    if (r->status == 0)
        return 0;
    const char *words = run_last_words(r);
    complain("'%.60s' ended with %s%s%s", title, command_ending(r->status), words[0] ? ": " : "",
             words);
    run_free(r);
    return 1;
}

static int prepare(const struct series *s, int side, const struct trial *t)
{
    struct command c = s->prepare;
    struct run r;

    if (!c.text)
        return 0;
    c.folder = t->command[side].folder;
    int status = run_once(s, &c, &r);
    if (status == 0)
        run_free(&r);
    return status;
}

static int no_value(const struct measure *m, const char *title, const struct run *r)
{
    bool only_errors = r->err[strspn(r->err, "\n")] && r->out[strspn(r->out, "\n")] == '\0';

    if (m->is_metric && only_errors)
        return complain("--metric %s: '%.60s' printed to its standard error alone, which is not "
                        "searched; 2>&1 joins it to its output",
                        m->name, title);
    const char *words = run_last_output(r);
    if (m->is_metric && !*words)
        return complain("--metric %s: '%.60s' printed nothing", m->name, title);
    if (m->is_metric)
        return complain("--metric %s: nothing that '%.60s' printed matches, with a number in its "
                        "first group; its last line: %s",
                        m->name, title, words);
    return complain("'%.60s' reported no %s that is a number, or printed something of its own into "
                    "that line; its last one: %s",
                    title, m->name, words);
}

/* Every measure of a run of that side into value[], and the hash of what it printed. */
static int measure(const struct series *s, const struct trial *t, int side,
                   double value[MEASURES_MAX], uint64_t *hash)
{
    struct run r;
    int status = prepare(s, side, t);

    if (status == 0)
        status = run_once(s, &t->command[side], &r);
    if (status)
        return status;
    *hash = run_hash(&r);
    for (size_t i = 0; i < t->measures.n && !status; i++) {
        value[i] = measure_value(&t->measures.list[i], &r);
        if (isnan(value[i]))
            status = no_value(&t->measures.list[i], command_title(&t->command[side]), &r);
    }
    run_free(&r);
    return status;
}

/* --- the plan --- */

/* So many warm-ups of each, unless they would take more than that share of the budget: on a busy
 * machine one short run may take many times as long as the next. */
enum { WARMUPS = 10, WARMUPS_SHARE = 100 };

/* How long a round takes: two blocks, three quarters of it runs of A.  The first run of each, which
 * finds nothing in any cache, is left out if there is another. */
static int warm_up(const struct series *s, struct trial *t, double *round_ns)
{
    double unused[MEASURES_MAX], took[SIDES] = { 0 };
    double until = command_clock_ns() + s->budget_ns / WARMUPS_SHARE / (double)s->n;
    uint64_t hash, n = 0;

    for (; n == 0 || n < s->warmups || (n < WARMUPS && command_clock_ns() < until); n++)
        for (int side = 0; side < SIDES; side++) {
            double start = command_clock_ns();
            int status = measure(s, t, side, unused, &hash);
            if (status)
                return status;
            trial_note_output(t, side, hash);
            took[side] = (n > 1 ? took[side] : 0) + command_clock_ns() - start;
        }
    *round_ns += (took[SIDE_A] * 3 + took[SIDE_B]) * 2 / (double)(n > 1 ? n - 1 : 1);
    return 0;
}

static size_t count_measures(const struct series *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += s->trial[i]->measures.n;
    return n;
}

/* As many blocks as were asked for, or as there is time for.  If the rule cannot use so many,
 * each value is the median of several runs instead. */
static struct plan plan_for(const struct series *s, double round_ns)
{
    double rounds = s->budget_ns / round_ns;

    if (s->most_runs && rounds > (double)s->most_runs / ROUND_SLOTS)
        rounds = (double)s->most_runs / ROUND_SLOTS;
    size_t most = (size_t)rounds / 2 * 2;
    if (most < RANKED_MAX)
        return (struct plan){ .repeats = 1, .blocks = most };
    size_t repeats = most / RANKED_MAX;
    return (struct plan){ .repeats = repeats < REPEATS_MAX ? repeats : REPEATS_MAX,
                          .blocks = RANKED_MAX };
}

static int too_few(const struct series *s, size_t needed, double round_ns)
{
    double seconds = (double)needed * round_ns / 1e9;
    char pairs[40] = "";

    if (s->n > 1)
        snprintf(pairs, sizeof pairs, " of each of %zu pairs", s->n);
    if (s->most_runs && s->most_runs < needed * ROUND_SLOTS)
        complain("%zu blocks of %d runs are needed%s; ask for that with --runs %zu", needed,
                 ROUND_SLOTS, pairs, needed * ROUND_SLOTS);
    else
        complain(
            "%zu blocks of %d runs are needed%s, and they take about %.0f s; ask for that with "
            "--budget %.0fs",
            needed, ROUND_SLOTS, pairs, seconds, ceil(seconds * 1.1));
    return 2;
}

/* The blocks that a journal has were run as it says. */
static int make_plan(struct series *s, double round_ns)
{
    struct plan plan = plan_for(s, round_ns);
    int error = s->journal ? journal_plan(s->journal, s->trial, s->n, &plan) : 0;

    if (error)
        return 1;
    struct rule rule = rule_within(s->margin, count_measures(s), plan.blocks);
    if (plan.blocks < rule.looks[0])
        return too_few(s, rule.looks[0], round_ns);
    s->repeats = plan.repeats;
    for (size_t i = 0; i < s->n; i++)
        s->trial[i]->rule = rule;
    return 0;
}

/* --- rounds --- */

static int run_round(const struct series *s, size_t pair, size_t block)
{
    struct trial *t = s->trial[pair];
    struct round r;
    uint64_t hash;
    int status = 0;

    for (size_t slot = 0; slot < ROUND_SLOTS && !status; slot++) {
        int side = trial_slot(block, slot).side;
        for (size_t k = 0; k < s->repeats && !status; k++) {
            status = measure(s, t, side, r.run[slot][k], &hash);
            if (status)
                break;
            trial_note_output(t, side, hash);
            struct run_place at = { pair, block, slot, k };
            if (s->journal && journal_add(s->journal, t, &at, r.run[slot][k], hash) != 0)
                status = 1;
        }
    }
    if (status == 0)
        trial_keep(t, block, &r, s->repeats);
    return status;
}

static bool is_look(const struct trial *t)
{
    for (int i = 0; i < LOOKS; i++)
        if (t->blocks == t->rule.looks[i])
            return true;
    return false;
}

/* Show the interval as if the trial stopped now.  It decides nothing. */
static void show_progress(const struct trial *t, double left_ns)
{
    struct interval i = trial_so_far(t);

    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r\033[Kblock %zu of at most %zu, %.0f s left; %s as of now %+.1f %%",
            t->blocks, t->rule.looks[LOOKS - 1], left_ns / 1e9, t->measures.list[0].name,
            (exp(i.mid) - 1) * 100);
    if (isfinite(i.lo))
        fprintf(stderr, " (%+.1f to %+.1f %%)", (exp(i.lo) - 1) * 100, (exp(i.hi) - 1) * 100);
}

/* The next round of a pair; one that was kept is not run again. */
static int go_on(const struct series *s, size_t pair)
{
    struct trial *t = s->trial[pair];
    int status = t->kept[t->blocks] ? 0 : run_round(s, pair, t->blocks);

    if (status)
        return status;
    t->blocks++;
    t->settled = is_look(t) && trial_is_settled(t);
    return 0;
}

static int run_all(struct series *s)
{
    double began = command_clock_ns();
    size_t last = s->trial[0]->rule.looks[LOOKS - 1], rounds = 0;

    for (size_t block = 0; block < last; block++)
        for (size_t pair = 0; pair < s->n; pair++) {
            struct trial *t = s->trial[pair];
            if (t->settled)
                continue;
            rounds += !t->kept[block];
            int status = go_on(s, pair);
            if (status)
                return status;
            double each = (command_clock_ns() - began) / (double)(rounds ? rounds : 1);
            show_progress(t, each * (double)((last - block) * s->n - pair - 1));
        }
    return 0;
}

int series_run(struct series *s)
{
    double began = command_clock_ns(), round_ns = 0;
    int status = 0;

    for (size_t i = 0; i < s->n && !status; i++)
        status = warm_up(s, s->trial[i], &round_ns);
    if (status == 0)
        status = make_plan(s, round_ns);
    if (status == 0)
        status = run_all(s);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    s->spent_ns = command_clock_ns() - began;
    s->interrupted = status == 130;
    return status;
}
