/* SPDX-License-Identifier: MIT */
/* gbench_cmd.c - every tip's twins under Google Benchmark's own command line.
 *
 * All benchmarks of a call share one process, one number of workers (TWIN_WORKERS,
 * else 1) and, if any selected tip wants it, one collector.  So this is for looking
 * closely at a pair and not for verdicts: those need a process each (bench).
 *
 * A scene is set up when its benchmark first runs and stays until the process ends:
 * the tear-down of a twin that leaks could wait for ever. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "inside/drive.h"
#include "inside/gbench.h"
#include "heap.h"
#include "cmd/cleanup_prices.h"
#include "cmd/counter_prices.h"
#include "decide/claims.h"
#include "show/wrap_text.h"
#include "cmd/allocation_prices.h"
#include "task.h"
#include "timer.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the shim itself --- */

static double batch_empty(void *arg, uint64_t first, uint64_t n)
{
    int64_t start = clock_now();

    (void)arg;
    (void)first;
    for (uint64_t i = 0; i < n; i++)
        __asm__ volatile("");
    return (double)(clock_now() - start) / 1e9;
}

/* A chain that no compiler shortens, as in gbench_register_native(). */
static double batch_multiply(void *arg, uint64_t first, uint64_t n)
{
    uint64_t x = 1;
    int64_t start = clock_now();

    (void)arg;
    (void)first;
    for (uint64_t i = 0; i < n; i++) {
        x *= 0x9e3779b97f4a7c15u;
        __asm__ volatile("" : "+r,m"(x) : : "memory");
    }
    return (double)(clock_now() - start) / 1e9;
}

/* --- the tips --- */

/* A twin, its scene set up once its benchmark has run. */
struct subject {
    const struct entry *e;
    const struct twin *w;
    bool open;
    struct stage stage;
};

static double batch_twin(void *arg, uint64_t first, uint64_t n)
{
    struct subject *s = arg;
    struct params p = tip_timing(s->e->tip);

    if (!s->open)
        stage_open(&s->stage, s->e, s->w, &p);
    s->open = true;
    return stage_serve(&s->stage, first, n);
}

/* The number of iterations.  A tip that grows has as many requests as the last point of its
 * dial. */
static uint64_t iterations(const struct tip *t)
{
    return tip_grows(t) ? t->points[tip_points(t) - 1] : 0;
}

static void register_twin(const struct entry *e, enum role twin)
{
    char name[96];

    if (tip_end(e->tip, twin) != IS_OK)
        return; /* a twin that ends the process would end the other benchmarks too */
    struct subject *s = calloc(1, sizeof *s); /* it belongs to the library, which keeps it */
    if (!s)
        return;
    s->e = e;
    s->w = tip_twin(e, twin);
    snprintf(name, sizeof name, "%s/%s", e->name, role_word(twin));
    gbench_register(name, batch_twin, s, iterations(e->tip));
}

/* --- the command line --- */

static const char *filter_of(int argc, char **argv)
{
    static const char flag[] = "--benchmark_filter=";
    const char *filter = "";

    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], flag, sizeof flag - 1) == 0)
            filter = argv[i] + sizeof flag - 1;
    return filter;
}

/* Does the filter select this tip?  A filter that cannot be read here counts as selecting
 * everything; the library will complain. */
static bool selects(const char *filter, const struct entry *e)
{
    bool without = filter[0] == '-';
    char name[96];
    regex_t r;

    if (regcomp(&r, filter + without, REG_EXTENDED | REG_NOSUB) != 0)
        return true;
    snprintf(name, sizeof name, "%s/bad", e->name);
    bool match = regexec(&r, name, 0, NULL, 0) == 0;
    snprintf(name, sizeof name, "%s/good", e->name);
    match |= regexec(&r, name, 0, NULL, 0) == 0;
    regfree(&r);
    return match != without;
}

/* Is there a tip among the selected that wants the collector? */
static bool register_tips(const char *filter)
{
    bool collector = false;

    for (size_t i = 0; i < nentries; i++) {
        if (tip_none(&entries[i], LANGUAGE_C) || !selects(filter, &entries[i]))
            continue;
        collector |= entries[i].tip->gc;
        register_twin(&entries[i], TWIN_BAD);
        register_twin(&entries[i], TWIN_GOOD);
    }
    return collector;
}

static void register_ours(enum heap heap)
{
    gbench_register("shim/empty", batch_empty, NULL, 0);
    gbench_register("shim/multiply", batch_multiply, NULL, 0);
    gbench_register_native();
    cleanup_prices_register();
    allocation_prices_register(heap_name(heap));
    counter_prices_register(task_workers());
}

/* A flag of this program among the library's own, "--heap gc" or "--heap=gc", is taken out of argv,
 * its value into *value; NULL: it is not given.  false: said that its value is missing. */
static bool take_flag(const char *flag, int *argc, char **argv, const char **value)
{
    size_t n = strlen(flag);
    int i = 1;

    *value = NULL;
    while (i < *argc) {
        char *end = argv[i] + n;
        if (strncmp(argv[i], flag, n) != 0 || (*end && *end != '=')) {
            i++;
            continue;
        }
        int words = *end ? 1 : 2;
        if (i + words > *argc) {
            fprintf(stderr, "twinbench: gbench: %s wants a value after it\n", flag);
            return false;
        }
        *value = *end ? end + 1 : argv[i + 1];
        *argc -= words;
        memmove(&argv[i], &argv[i + words], (size_t)(*argc - i + 1) * sizeof *argv);
    }
    return true;
}

/* As many as asked for, else as TWIN_WORKERS says, else one.  false: said why not. */
static bool prepare_workers(const char *asked)
{
    uint64_t n = 1;

    if (asked && !args_number("--workers", asked, 1, 64, &n))
        return false;
    if (asked || !getenv("TWIN_WORKERS"))
        task_set_workers((int)n);
    return true;
}

/* All scenes and sizes are on one heap.  HEAP_DEFAULT: said why there is none. */
static enum heap prepare_heap(const char *asked, const char *filter)
{
    bool collector = register_tips(filter);
    enum heap heap = asked ? heap_named(asked) : collector ? HEAP_GC : HEAP_GLIBC;

    if (heap == HEAP_DEFAULT) {
        fprintf(stderr,
                "twinbench: gbench: --heap %.60s: no such heap; it is one of gc, glibc, "
                "mimalloc\n",
                asked);
        return HEAP_DEFAULT;
    }
    if (heap_use(heap) == 0)
        return heap;
    fprintf(stderr, "twinbench: gbench: --heap %s: %s\n", asked, heap_missing);
    return HEAP_DEFAULT;
}

struct call {
    int argc;
    char **argv;
    int run; /* how many benchmarks, or an error */
};

static void run(void *arg)
{
    struct call *c = arg;

    c->run = gbench_main(c->argc, c->argv);
}

static void help(void)
{
    static const struct {
        const char *flags, *what;
    } examples[] = {
        { "--benchmark_filter=leaks/range-unclosed", "" },
        { "--benchmark_filter='shim|native'", "  what the harness costs" },
        { "--benchmark_filter=kinds", "  what a cleanup costs" },
        { "--heap gc --benchmark_filter=sizes/", "  new and pooled objects" },
        { "--workers 2 --benchmark_filter=counters/", "  adding to a counter" },
    };

    wrap_line(4, "usage: twinbench gbench [--heap HEAP] [--workers N] [flags of Google Benchmark]");
    wrap_line(0, "Time twins with Google Benchmark; every tip has TIP/bad and TIP/good, e.g.");
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        wrap_line(6, "  twinbench gbench %s%s", examples[i].flags, examples[i].what);
    wrap_line(0, "All run in one process with one worker, or with --workers, else TWIN_WORKERS.");
    printf("\n");
    fflush(stdout);
}

int cmd_gbench(int argc, char **argv)
{
    const char *asked, *workers;

    if (!take_flag("--heap", &argc, argv, &asked) || !take_flag("--workers", &argc, argv, &workers))
        return 2;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            help();
    enum heap heap = prepare_heap(asked, filter_of(argc, argv));
    if (heap == HEAP_DEFAULT || !prepare_workers(workers))
        return 2;
    register_ours(heap);
    struct call call = { argc, argv, 0 };
    int error = task_main(run, &call);
    if (error) {
        fprintf(stderr, "twinbench: gbench: no task could be started: %s\n", strerror(-error));
        return 1;
    }
    return call.run < 0 ? 2 : call.run == 0;
}
