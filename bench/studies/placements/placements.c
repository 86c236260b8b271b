/* SPDX-License-Identifier: MIT */
/* placements.c - does a run's interval cover what other placements of the same code find?
 *
 * Each pair is measured in every placement, all of them in each round, in blocks as in a run.
 * Then runs are replayed: a run takes its blocks from placements drawn at random, one from
 * each, until the rule decides; seven placements that it did not draw say what the ratio is
 * there.  What would have been printed of one placement alone is replayed beside it.
 *
 *     placement-study DIR ROUNDS wall|cpu TIP...   measure so many rounds into DIR, and replay
 *     placement-study DIR 0 wall|cpu TIP...        replay what was measured there last
 *     placement-study one ...                      as twinbench
 *
 * Runs are decided by the clock, wall.  On a machine that others use, too, cpu shows more of
 * the placements and less of the others. */
#include "cmd/commands.h"
#include "decide/judge_time.h"
#include "process/find_executors.h"
#include "run/runner.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACEMENTS = RANKED_MAX, MOST_ROUNDS = 32, OTHERS = 7, REPLAYS = 20000 };

static const double rank_confidence = 0.95; /* where only the middle is asked for */

/* log(bad / good) of every block of a pair. */
struct measured {
    size_t placements, rounds; /* there are as many blocks of each placement */
    double value[MOST_PLACEMENTS][MOST_ROUNDS];
    double centre[MOST_PLACEMENTS]; /* of a placement's blocks, as a run would have it */
};

/* --- drawing --- */

static uint64_t below(uint64_t n)
{
    static uint64_t state = 1;

    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % n;
}

static void shuffle(size_t *list, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = below(i), last = list[i - 1];
        list[i - 1] = list[k];
        list[k] = last;
    }
}

static void number(size_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        list[i] = i;
}

/* --- measuring --- */

/* Blocks are numbered through the rounds: it is by their numbers that they are told apart. */
static void plan_round(struct jobs *j, const struct workload *s, size_t round, size_t placements)
{
    size_t order[MOST_PLACEMENTS];

    number(order, placements);
    shuffle(order, placements);
    for (size_t i = 0; i < placements; i++) {
        size_t first = j->n;
        plan_block(j, s, s->executor, false, round * placements + i);
        for (size_t k = first; k < j->n; k++)
            j->list[k].request.placement = 1 + order[i];
    }
}

static int measure(struct runner *r, const char *tip, size_t rounds)
{
    struct workload s = { .e = tip_find(tip), .executor = executor_c() };
    struct jobs jobs = { 0 };
    char why[CHILD_WHY];
    int error = runner_calibrate(r, &s, why);

    for (size_t round = 0; !error && round < rounds; round++)
        plan_round(&jobs, &s, round, s.executor->placements);
    if (!error)
        error = runner_run(r, &jobs, 1);
    free(jobs.list);
    return error;
}

/* --- what was measured --- */

static double time_of(const struct sample *s, bool cpu)
{
    return cpu ? s->cpu_ns : s->wall_ns;
}

/* The next block among the samples from *i on, whose processes follow each other.  false:
 * there is none that is complete and well. */
static bool next_block(const struct runner *r, const char *tip, bool cpu, size_t *i,
                       size_t *placement, double *value)
{
    double wall[BLOCK_SLOTS];
    size_t slot = 0;

    for (; *i < r->n && slot < BLOCK_SLOTS; (*i)++) {
        const struct sample *s = &r->samples[*i];
        bool well = s->outcome == OUTCOME_OK && time_of(s, cpu) > 0;
        if (strcmp(s->tip, tip) != 0 || s->kind != KIND_TIME || s->placement < 1 ||
            s->placement > MOST_PLACEMENTS)
            continue;
        slot = well && s->slot == (int64_t)slot ? slot + 1 : 0;
        if (slot > 0)
            wall[slot - 1] = time_of(s, cpu);
        *placement = (size_t)s->placement - 1;
        *value = slot == BLOCK_SLOTS ? block_value((size_t)s->block, wall) : 0;
    }
    return slot == BLOCK_SLOTS;
}

/* false: some placement has fewer than two blocks. */
static bool collect(struct measured *m, const struct runner *r, const char *tip, bool cpu)
{
    size_t n[MOST_PLACEMENTS] = { 0 }, i = 0, placement;
    double value;

    *m = (struct measured){ .rounds = MOST_ROUNDS };
    while (next_block(r, tip, cpu, &i, &placement, &value))
        if (n[placement] < MOST_ROUNDS)
            m->value[placement][n[placement]++] = value;
    while (m->placements < MOST_PLACEMENTS && n[m->placements] > 0)
        m->placements++;
    for (size_t k = 0; k < m->placements; k++)
        m->rounds = n[k] < m->rounds ? n[k] : m->rounds;
    for (size_t k = 0; k < m->placements; k++)
        m->centre[k] = rank_centre(m->value[k], m->rounds, rank_confidence).mid;
    return m->placements >= 2 * OTHERS && m->rounds >= 2;
}

/* --- replaying --- */

/* Up to the first interim analysis that decides. */
static struct decision decided(const struct rule *rule, const double *blocks)
{
    struct decision d = { .relation = REL_UNSURE };

    for (int look = 0; look < LOOKS && d.relation == REL_UNSURE; look++)
        d = decide(rule, blocks, rule->looks[look]);
    return d;
}

/* A block from each placement in this order. */
static struct decision many_placements(const struct measured *m, const struct rule *rule,
                                       const size_t *order)
{
    double blocks[RANKED_MAX];

    for (size_t i = 0; i < rule->looks[LOOKS - 1]; i++)
        blocks[i] = m->value[order[i % (m->placements - OTHERS)]][below(m->rounds)];
    return decided(rule, blocks);
}

/* All blocks in one placement: its centre, and what blocks of any placement differ from theirs. */
static struct decision one_placement(const struct measured *m, const struct rule *rule,
                                     size_t placement)
{
    double blocks[RANKED_MAX], n = (double)m->rounds;

    for (size_t i = 0; i < rule->looks[LOOKS - 1]; i++) {
        size_t k = below(m->placements);
        double off = m->value[k][below(m->rounds)] - m->centre[k];
        blocks[i] = m->centre[placement] + off * sqrt(n / (n - 1));
    }
    return decided(rule, blocks);
}

/* What these placements say together. */
static double ratio_of(const struct measured *m, const size_t *placements, size_t n)
{
    double centre[MOST_PLACEMENTS];

    for (size_t i = 0; i < n; i++)
        centre[i] = m->centre[placements[i]];
    return exp(rank_centre(centre, n, rank_confidence).mid);
}

static bool covers(const struct decision *d, double ratio)
{
    return d->lo <= ratio && ratio <= d->hi;
}

static void tell_spread(const struct measured *m)
{
    double sum = 0, squares = 0, n = (double)m->placements, least = INFINITY, most = -INFINITY;

    printf("  ");
    for (size_t k = 0; k < OTHERS; k++)
        printf(" %.2f", exp(m->centre[k]));
    for (size_t k = 0; k < m->placements; k++) {
        sum += m->centre[k];
        squares += m->centre[k] * m->centre[k];
        least = fmin(least, m->centre[k]);
        most = fmax(most, m->centre[k]);
    }
    printf("  the first %d; all %zu: %.2f to %.2f, sd %.1f %%\n", OTHERS, m->placements, exp(least),
           exp(most), 100 * (exp(sqrt((squares - sum * sum / n) / (n - 1))) - 1));
}

/* How often an interval covers what the others say together; how wide it is. */
struct score {
    size_t covered, all, single; /* of REPLAYS; of OTHERS times as many */
    double lo, hi;               /* sums of logarithms */
    size_t blocks;
};

static void add(struct score *s, const struct measured *m, const struct decision *d,
                const size_t *others, double all)
{
    s->covered += covers(d, ratio_of(m, others, OTHERS));
    s->all += covers(d, all);
    for (size_t i = 0; i < OTHERS; i++)
        s->single += covers(d, exp(m->centre[others[i]]));
    s->lo += log(d->lo) / REPLAYS;
    s->hi += log(d->hi) / REPLAYS;
    s->blocks += d->blocks;
}

static double percent(size_t n)
{
    return 100.0 * (double)n / REPLAYS;
}

static void tell(const char *what, const struct score *s)
{
    printf("  %-16s %.2f to %.2f, %4.1f blocks: covers the ratio of seven others %5.1f %%, of all "
           "%5.1f %%, of a single one %5.1f %%\n",
           what, exp(s->lo), exp(s->hi), (double)s->blocks / REPLAYS, percent(s->covered),
           percent(s->all), percent(s->single) / OTHERS);
}

static void replay(const struct measured *m, const struct rule *rule)
{
    size_t order[MOST_PLACEMENTS], n = m->placements;
    struct score many = { 0 }, one = { 0 };

    number(order, n);
    double all = ratio_of(m, order, n);
    for (int i = 0; i < REPLAYS; i++) {
        shuffle(order, n);
        const size_t *others = order + n - OTHERS;
        struct decision d = many_placements(m, rule, order),
                        alone = one_placement(m, rule, order[0]);
        add(&many, m, &d, others, all);
        add(&one, m, &alone, others, all);
    }
    tell("many placements", &many);
    tell("one placement", &one);
}

/* --- the command --- */

static int study(struct runner *r, const char *tip, size_t rounds, bool cpu,
                 const struct rule *rule)
{
    static struct measured m;
    int error = rounds ? measure(r, tip, rounds) : 0;

    if (error)
        return error;
    if (!collect(&m, r, tip, cpu)) {
        fprintf(stderr, "twinbench: placement-study: of %s there are too few blocks\n", tip);
        return -ENODATA;
    }
    printf("%s\n", tip);
    tell_spread(&m);
    replay(&m, rule);
    fflush(stdout);
    return 0;
}

static int run(const char *folder, size_t rounds, bool cpu, char **tips)
{
    struct rule rule = rule_full(0.1, 100);
    struct store *store = rounds ? store_begin(folder, NULL) : store_resume(folder);
    struct runner r;

    if (!store)
        return 1;
    child_catch_signals();
    int error = runner_start(&r, store);
    for (; !error && *tips; tips++)
        error = study(&r, *tips, rounds, cpu, &rule);
    runner_end(&r);
    store_close(store);
    return error ? 1 : 0;
}

static const char usage[] = "usage: placement-study DIR ROUNDS wall|cpu TIP..., up to 32 rounds\n";

/* false: said what is wrong with it. */
static bool understood(int argc, char **argv)
{
    char *end = NULL;
    size_t rounds = argc > 4 ? strtoul(argv[2], &end, 10) : 0;

    if (argc < 5 || *end || rounds > MOST_ROUNDS ||
        (strcmp(argv[3], "wall") != 0 && strcmp(argv[3], "cpu") != 0)) {
        fputs(usage, stderr);
        return false;
    }
    if (rounds > 0 && executor_c()->placements < 2 * OTHERS) {
        fprintf(stderr, "twinbench: placement-study: there are no placements; make placements\n");
        return false;
    }
    for (char **tip = argv + 4; *tip; tip++)
        if (!tip_find(*tip)) {
            fprintf(stderr, "twinbench: placement-study: there is no tip '%s'\n", *tip);
            return false;
        }
    return true;
}

int main(int argc, char **argv)
{
    executors_find();
    if (argc > 1 && strcmp(argv[1], "one") == 0)
        return cmd_one(argc - 1, argv + 1);
    if (!understood(argc, argv))
        return 2;
    return run(argv[1], strtoul(argv[2], NULL, 10), strcmp(argv[3], "cpu") == 0, argv + 4);
}
