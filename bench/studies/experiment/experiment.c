/* SPDX-License-Identifier: MIT */
/* experiment.c - pairs whose bad twin is slower by a known amount, built in.
 *
 * A request is a chain of multiplications that no compiler shortens; bad's is longer by
 * 0, 5, 10, 20 or 50 %.  Bad and good are two functions at two addresses, as in every pair.
 * That alone may change the time, and a tool must not call it a slow-down.
 *
 *     experiment pair experiment/plus-20 DIR   the rule for time, and nothing else
 *     experiment one ..., experiment gbench ...   as twinbench
 *
 * pair prints one line, "slower 1.21 1.17 1.25 16": the verdict, the ratio, its interval,
 * and the number of blocks.  The samples go to DIR. */
#include "cmd/commands.h"
#include "decide/judge_time.h"
#include "store/machine.h"
#include "run/runner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- the pairs --- */

enum { CHAIN = 1000 }; /* multiplications in a request of good: about a microsecond */

struct scene {
    uint64_t unused;
};

#define TWIN(name, percent)                                                                        \
    static uint64_t name##_op(struct scene *s, uint64_t i)                                         \
    {                                                                                              \
        uint64_t x = i | 1;                                                                        \
                                                                                                   \
        (void)s;                                                                                   \
        for (int k = 0; k < CHAIN + CHAIN * percent / 100; k++) {                                  \
            x *= 0x9e3779b97f4a7c15u;                                                              \
            __asm__ volatile("" : "+r"(x));                                                        \
        }                                                                                          \
        return i;                                                                                  \
    }                                                                                              \
    static const struct twin name = { name##_op, NULL, NULL }

TWIN(good, 0);
TWIN(plus_0, 0);
TWIN(plus_5, 5);
TWIN(plus_10, 10);
TWIN(plus_20, 20);
TWIN(plus_50, 50);

static const struct tip tip = {
    .dial = OPS,
    .points = { 256, 1024 },
    .dial_unit = "requests",
    .claims = { { .column = "time", .bad = SLOWER } },
    .scene_bytes = sizeof(struct scene),
};

const struct entry entries[] = {
    { "experiment/plus-0", &tip, &plus_0, &good },
    { "experiment/plus-5", &tip, &plus_5, &good },
    { "experiment/plus-10", &tip, &plus_10, &good },
    { "experiment/plus-20", &tip, &plus_20, &good },
    { "experiment/plus-50", &tip, &plus_50, &good },
};
const size_t nentries = sizeof entries / sizeof entries[0];

/* They hang in no tree of symptoms. */
const struct symptom symptoms[1];
const size_t nsymptoms = 0;

/* --- the rule, on one pair --- */

static int run_look(struct runner *r, const struct workload *s, size_t first, size_t end)
{
    struct jobs jobs = { 0 };

    for (size_t block = first; block < end; block++)
        plan_block(&jobs, s, s->executor, false, block);
    int error = runner_run(r, &jobs, 1);
    free(jobs.list);
    return error;
}

/* Like a run, it ends at the first interim analysis that decides. */
static int decide_pair(struct runner *r, struct workload *s)
{
    json_t *facts = machine_facts(false);
    struct rule rule = rule_full(machine_margin(facts), 1);
    struct decision d = { .relation = REL_UNSURE };
    struct timed t;
    char why[CHILD_WHY];
    int error = runner_calibrate(r, s, why);

    json_decref(facts);
    for (int look = 0; look < LOOKS && !error && d.relation == REL_UNSURE; look++) {
        error = run_look(r, s, look ? rule.looks[look - 1] : 0, rule.looks[look]);
        timed_collect(&t, s->e->name, s->executor, r->samples, r->n);
        d = decide(&rule, t.log_ratio, t.n);
    }
    if (!error && d.blocks == 0) {
        fprintf(stderr, "twinbench: experiment: no block of %s is complete\n", s->e->name);
        return -ENODATA;
    }
    if (!error)
        printf("%s %.4f %.4f %.4f %zu\n", relation_word(d.relation), d.ratio, d.lo, d.hi, d.blocks);
    return error;
}

static int pair(const char *name, const char *folder)
{
    struct workload scale = { .e = tip_find(name), .executor = executor_c() };
    struct store *store = scale.e ? store_begin(folder, NULL) : NULL;
    struct runner runner;

    if (!store)
        return 1;
    child_catch_signals();
    int error = runner_start(&runner, store);
    if (!error)
        error = decide_pair(&runner, &scale);
    runner_end(&runner);
    store_close(store);
    return error ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "pair") == 0)
        return pair(argv[2], argv[3]);
    if (argc > 1 && strcmp(argv[1], "one") == 0)
        return cmd_one(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "gbench") == 0)
        return cmd_gbench(argc - 1, argv + 1);
    fprintf(stderr, "usage: experiment pair experiment/plus-20 DIR | one ... | gbench ...\n");
    return 2;
}
