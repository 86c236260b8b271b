/* SPDX-License-Identifier: MIT */
/* leaks.c - what it takes to look for leaked tasks (runtime/leak.h), by what the heap looks like.
 *
 * 10,000 tasks are lost, and a million blocks of 110 MB in all can be reached from a static
 * variable.  What differs is whom a block points to.  A look is a walk through all of them, so its
 * price is that of the way: in a graph whose blocks point anywhere each step is into another page.
 * By turns with each look all tasks are dumped, one by one, and the figure is the ratio. Times are
 * of the processor, not of the clock: what else runs here does not count, though it does take the
 * caches.  Each graph is a process of its own. */
#include "dump.h"
#include "leak.h"
#include "task.h"
#include "chan.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TASKS = 10000, BLOCKS = 1000000, BYTES_LEAST = 48, BYTES_MORE = 96, LOOKS_MOST = 1000 };

struct block {
    struct block *to[2];
};

static struct block **all;
static struct block *volatile root; /* nobody reads it but the look */
static int begun;
static uint64_t state = 88172645463325252;

static size_t below(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % n;
}

/* --- the graphs ------------------------------------------------------------------------- */

static void nothing(void)
{
    root = NULL;
}

/* A list in the order of the addresses, as of what was made one after the other; and back. */
static void neighbours(void)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        all[i]->to[0] = i + 1 < BLOCKS ? all[i + 1] : NULL;
        all[i]->to[1] = i > 0 ? all[i - 1] : NULL;
    }
    root = all[0];
}

/* Four in five can be reached. */
static void anywhere(void)
{
    for (size_t i = 0; i < BLOCKS; i++)
        for (int k = 0; k < 2; k++)
            all[i]->to[k] = all[below(BLOCKS)];
    root = all[0];
}

static void shuffle(void)
{
    for (size_t i = BLOCKS - 1; i > 0; i--) {
        size_t k = below(i + 1);
        struct block *b = all[i];

        all[i] = all[k];
        all[k] = b;
    }
}

static void tree(void)
{
    shuffle();
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t k = 0; k < 2; k++)
            all[i]->to[k] = 2 * i + 1 + k < BLOCKS ? all[2 * i + 1 + k] : NULL;
    root = all[0];
}

/* Where the next one is stands in the last: nobody can go two ways at once. */
static void list(void)
{
    shuffle();
    for (size_t i = 0; i < BLOCKS; i++)
        all[i]->to[0] = i + 1 < BLOCKS ? all[i + 1] : NULL;
    root = all[0];
}

static const struct graph {
    const char *name, *words;
    void (*link)(void);
} graphs[] = {
    { "none", "no blocks", nothing },
    { "neighbours", "each points to its two neighbours", neighbours },
    { "anywhere", "each points to two anywhere", anywhere },
    { "tree", "a tree, its nodes anywhere", tree },
    { "list", "one list, its blocks anywhere", list },
};

/* --- one process ------------------------------------------------------------------------ */

static void wait_for_ever(void *c)
{
    begun++;
    chan_recv(c, NULL);
}

static void lose_tasks(void)
{
    for (int i = 0; i < TASKS; i++)
        go(wait_for_ever, chan_make(0, 0));
    while (begun < TASKS) /* on one worker: who has begun waits when somebody else runs */
        task_yield();
}

static void make_blocks(void)
{
    all = malloc(BLOCKS * sizeof *all);
    for (size_t i = 0; all && i < BLOCKS; i++) {
        all[i] = calloc(1, BYTES_LEAST + 8 * below(BYTES_MORE / 8 + 1));
        if (!all[i])
            abort();
    }
}

static double ms_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* Sorts. */
static double quantile(double *of, size_t n, double q)
{
    qsort(of, n, sizeof *of, by_size);
    return of[(size_t)(q * (double)(n - 1) + 0.5)];
}

struct study {
    const struct graph *graph;
    size_t looks;
};

static void measure(const struct study *s)
{
    static double look[LOOKS_MOST], dump[LOOKS_MOST], ratio[LOOKS_MOST];
    int64_t found = 0;
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

    for (size_t i = 0; i < s->looks; i++) {
        double from = ms_now(), between;

        found = leaks_find();
        between = ms_now();
        dump_tasks(null, DUMP_EACH);
        look[i] = between - from;
        dump[i] = ms_now() - between;
        ratio[i] = look[i] / dump[i];
    }
    close(null);
    if (found < 0) {
        fprintf(stderr, "leaks: %s\n", strerror((int)-found));
        exit(1);
    }
    printf("%-36s %6lld %7.1f %7.1f %7.2f  %.2f to %.2f\n", s->graph->words, (long long)found,
           quantile(look, s->looks, 0.5), quantile(dump, s->looks, 0.5),
           quantile(ratio, s->looks, 0.5), quantile(ratio, s->looks, 0.25),
           quantile(ratio, s->looks, 0.75));
}

static void first(void *arg)
{
    const struct study *s = arg;

    lose_tasks();
    if (s->graph->link != nothing) {
        make_blocks();
        s->graph->link();
        free(all);
        all = NULL;
    }
    measure(s);
}

static int in_a_process(struct study s)
{
    int status = 0;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child < 0)
        return 1;
    if (!child) {
        task_set_workers(1);
        exit(task_main(first, &s) ? 1 : 0);
    }
    waitpid(child, &status, 0);
    return status != 0;
}

int main(int argc, char **argv)
{
    size_t looks = argc > 1 ? (size_t)atol(argv[1]) : 0;
    int err = 0, shown = 0;

    if (looks < 1 || looks > LOOKS_MOST) {
        fprintf(stderr, "usage: leaks LOOKS [GRAPH], LOOKS from 1 to %d\n", LOOKS_MOST);
        return 2;
    }
    printf("%d tasks, 110 MB in a million blocks; ms of the processor, medians of %zu by turns\n",
           TASKS, looks);
    printf("%-36s %6s %7s %7s %7s  %s\n", "", "leaked", "look", "dump", "ratio", "half lie from");
    for (size_t i = 0; i < sizeof graphs / sizeof graphs[0]; i++)
        if (argc < 3 || !strcmp(argv[2], graphs[i].name)) {
            err |= in_a_process((struct study){ &graphs[i], looks });
            shown++;
        }
    if (!shown)
        fprintf(stderr, "leaks: no graph '%s'\n", argv[2]);
    return err || !shown;
}
