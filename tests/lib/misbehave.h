/* SPDX-License-Identifier: MIT */
/* misbehave.h - tips that misbehave, for tests that start processes.
 *
 * A test that includes this is a twinbench of its own: started as
 * `test one TIP TWIN ...`, as child.c starts it, it runs a twin of this table
 * instead of the tests.  In each tip `bad` does what the name says and `good`
 * only answers. */
#ifndef MISBEHAVE_H
#define MISBEHAVE_H

#include "cmd/commands.h"
#include "defer.h"
#include "heap.h"
#include "stats.h"
#include "sync.h"
#include "timer.h"
#include "inside/tips.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct scene {
    struct mutex mutex;
    uint64_t size, ops;
    uint64_t served; /* atomic */
};

static void setup(struct scene *s, const struct params *p)
{
    s->size = p->size;
    s->ops = p->ops;
}

static uint64_t answers(struct scene *s, uint64_t i)
{
    (void)s;
    return 3 * i;
}

static void wait_for_ever(void *arg)
{
    (void)arg;
    task_stop();
}

static uint64_t leaks(struct scene *s, uint64_t i)
{
    go(wait_for_ever, NULL);
    return answers(s, i);
}

/* Leaks, but not in the first processes at each point: the file named by MOODS has a byte for
 * each process that there was. */
enum { BAD_MOODS = 3 }; /* as many as a point is counted by */
static size_t processes_at(uint64_t point)
{
    FILE *f = fopen(getenv("MOODS"), "a+");
    int mark = (int)(point / 16 % 256);
    size_t n = 0;

    if (!f)
        abort();
    for (int c; (c = getc(f)) != EOF;)
        n += c == mark;
    putc(mark, f);
    fclose(f);
    return n;
}

static uint64_t has_moods(struct scene *s, uint64_t i)
{
    static bool asked, bad_mood;

    if (!asked)
        bad_mood = s->ops > 256 || processes_at(s->ops) < BAD_MOODS; /* none is timed leaking */
    asked = true;
    return bad_mood ? answers(s, i) : leaks(s, i);
}

static void note_end(void *arg)
{
    (void)arg;
}

static void end_soon(void *arg)
{
    task_sleep(5 * MS);
    (void)arg;
}

/* Tasks that end, but only after their request. */
static uint64_t lingers(struct scene *s, uint64_t i)
{
    go(end_soon, NULL);
    return answers(s, i);
}

/* Opens two files and closes one. */
static uint64_t opens(struct scene *s, uint64_t i)
{
    int kept = open("/dev/null", O_RDONLY | O_CLOEXEC), closed = dup(kept);

    if (kept < 0 || closed < 0 || close(closed) < 0)
        abort();
    return answers(s, i);
}

/* One of everything that is counted, and all of it given back. */
static uint64_t uses(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct chan *c = chan_make(8, 1);
    struct timer *t = timer_make(3600 * SEC);

    defer(note_end, NULL);
    defer(note_end, NULL);
    chan_send(c, &i);
    timer_stop(t);
    timer_drop(t);
    chan_drop(c);
    go(note_end, NULL);
    return answers(s, i);
}

static uint64_t sleeps_for_ever(struct scene *s, uint64_t i)
{
    (void)s;
    for (;;)
        task_sleep(SEC);
    return i;
}

static uint64_t spins(struct scene *s, uint64_t i)
{
    volatile uint64_t forever = 1;

    (void)s;
    while (forever)
        ;
    return i;
}

static uint64_t deadlocks(struct scene *s, uint64_t i)
{
    chan_recv(NULL, NULL);
    return answers(s, i);
}

static uint64_t panics(struct scene *s, uint64_t i)
{
    (void)s;
    panic("request %llu went wrong", (unsigned long long)i);
}

static uint64_t aborts(struct scene *s, uint64_t i)
{
    abort();
    return answers(s, i);
}

static uint64_t exits(struct scene *s, uint64_t i)
{
    exit(0);
    return answers(s, i);
}

static uint64_t exits_saying(struct scene *s, uint64_t i)
{
    fprintf(stderr, "cannot go on\nreally\n");
    exit(3);
    return answers(s, i);
}

static uint64_t prints(struct scene *s, uint64_t i)
{
    static char noise[1 << 16];

    memset(noise, 'x', sizeof noise);
    for (int k = 0; k < 64; k++)
        if (write(1, noise, sizeof noise) < 0)
            break;
    return answers(s, i);
}

static uint64_t eats(struct scene *s, uint64_t i)
{
    for (;;) {
        char *mouthful = malloc(1 << 20);
        if (!mouthful)
            panic("out of memory");
        memset(mouthful, 1, 1 << 20);
    }
    return answers(s, i);
}

/* Leave a process behind that holds every file open, and its number in a file. */
static uint64_t forks(struct scene *s, uint64_t i)
{
    const char *path = getenv("FIXTURE_PID");
    pid_t pid = fork();

    if (pid == 0)
        for (;;)
            pause();
    FILE *f = path ? fopen(path, "w") : NULL;
    if (f) {
        fprintf(f, "%d\n", (int)pid);
        fclose(f);
    }
    return answers(s, i);
}

/* Say who we are, then never end. */
static uint64_t hangs_known(struct scene *s, uint64_t i)
{
    const char *path = getenv("FIXTURE_PID");
    FILE *f = path ? fopen(path, "w") : NULL;

    if (f) {
        fprintf(f, "%d\n", (int)getpid());
        fclose(f);
    }
    return sleeps_for_ever(s, i);
}

static uint64_t errs(struct scene *s, uint64_t i)
{
    return answers(s, i) + (i == 3);
}

/* As many leaks as the process's number says: neighbours differ. */
static uint64_t wavers(struct scene *s, uint64_t i)
{
    for (int k = 0; i == 0 && k < getpid() % 64; k++)
        leaks(s, i);
    return answers(s, i);
}

/* A millisecond of work. */
static uint64_t is_busy(struct scene *s, uint64_t i)
{
    for (int64_t end = clock_now() + MS; clock_now() < end;)
        ;
    return answers(s, i);
}

static int64_t processor_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Three milliseconds of a processor, however long it takes to get them. */
static uint64_t computes(struct scene *s, uint64_t i)
{
    for (int64_t end = processor_ns() + 3 * MS; processor_ns() < end;)
        ;
    return answers(s, i);
}

/* Every other request is turned away at once; the rest take 20 ms. */
static uint64_t refuses(struct scene *s, uint64_t i)
{
    if (i % 2)
        op_refused(i);
    else
        task_sleep(20 * MS);
    return answers(s, i);
}

static uint64_t naps(struct scene *s, uint64_t i)
{
    task_sleep(20 * MS);
    return answers(s, i);
}

/* A scene that is built with a lot of everything, and then quiet. */
static void setup_busily(struct scene *s, const struct params *p)
{
    DEFER_SCOPE;
    struct chan *c = chan_make(8, 100);

    setup(s, p);
    for (int k = 0; k < 100; k++) {
        go(note_end, NULL);
        defer(note_end, NULL);
        chan_send(c, &p->ops);
    }
    chan_drop(c);
}

/* The size of the padding in its environment. */
static uint64_t tells_env(struct scene *s, uint64_t i)
{
    const char *padding = getenv("TWIN_PADDING");

    fprintf(stderr, "padding %zu\n", padding ? strlen(padding) : 0);
    return answers(s, i);
}

/* A hundred kilobytes a request, from whatever heap there is. */
static uint64_t allocates(struct scene *s, uint64_t i)
{
    char *p = heap_alloc(100000);

    memset(p, (int)i, 100000);
    heap_free(p);
    return answers(s, i);
}

/* Panics on any heap that malloc counts. */
static uint64_t wants_mimalloc(struct scene *s, uint64_t i)
{
    size_t before = mallinfo2().uordblks;
    void *p = heap_alloc(100000);

    if (mallinfo2().uordblks != before)
        panic("malloc counts %zu bytes", mallinfo2().uordblks - before);
    heap_free(p);
    return answers(s, i);
}

#define TWIN(name) static const struct twin name##_twin = { name, NULL, NULL }
TWIN(answers);
TWIN(leaks);
TWIN(has_moods);
TWIN(lingers);
TWIN(opens);
TWIN(uses);
TWIN(sleeps_for_ever);
TWIN(spins);
TWIN(deadlocks);
TWIN(panics);
TWIN(aborts);
TWIN(exits);
TWIN(exits_saying);
TWIN(prints);
TWIN(eats);
TWIN(forks);
TWIN(hangs_known);
TWIN(errs);
TWIN(wavers);
TWIN(is_busy);
TWIN(computes);
TWIN(naps);
TWIN(refuses);
TWIN(tells_env);
TWIN(allocates);
TWIN(wants_mimalloc);
static const struct twin set_up_busily_twin = { uses, setup_busily, NULL };

static const struct tip_words test_words = {
    .title = "t", .saying = "s", .rule = "r", .go_line = "g", .when_not = "w", .aged = "a"
};

#define ALL_OF(unit)                                                                               \
    .says = { { "tasks", FLAT, FLAT } }, .dial_unit = unit, .scene_bytes = sizeof(struct scene),   \
    .setup = setup

/* A tip with one claim; what is not said is a dial of OPS at 4 and 16. */
#define TIP(name, ...)                                                                             \
    static const struct tip name##_tip = { ALL_OF("requests"), .dial = OPS, .points = { 4, 16 },   \
                                           .claims = { { __VA_ARGS__ } } }
TIP(leak, .column = "tasks", .bad = GROWS, .good = FLAT);
TIP(stuck, .column = "outcome", .bad = STUCK, .good = IS_OK);
TIP(panic, .column = "outcome", .bad = PANICS, .good = IS_OK);
TIP(dies, .column = "outcome", .bad = DIES, .good = IS_OK);
TIP(wrong, .column = "outcome", .bad = IS_WRONG, .good = IS_OK);
TIP(refuted, .column = "tasks", .bad = GROWS, .good = FLAT, .refuted = true,
    .why = "nothing is kept");
TIP(unreasoned, .column = "tasks", .bad = GROWS, .good = FLAT, .refuted = true);
TIP(counts_vary, .column = "tasks", .bad = GROWS, .good = FLAT, .varies = "it does");
TIP(varies_and_differs, .column = "time", .bad = SLOWER, .varies = "it does",
    .go.why = "it does not");
static const struct tip sayingless_tip = { .dial_unit = "requests",
                                           .points = { 4, 16 },
                                           .scene_bytes = sizeof(struct scene),
                                           .setup = setup,
                                           .claims = { { "tasks", GROWS, FLAT } } };
TIP(toothless, .column = "tasks", .bad = GROWS, .good = NOTHING);
TIP(unknown, .column = "taks", .bad = GROWS, .good = FLAT);
#define ON_MIMALLOC(claimed) { .column = claimed, .bad = SLOWER, .heap = HEAP_MIMALLOC }
static const struct tip heaps_tip = { ALL_OF("requests"), .points = { 4, 16 },
                                      .claims = { { "tasks", FLAT, FLAT }, ON_MIMALLOC("time") } };
static const struct tip heap_tasks_tip = { ALL_OF("requests"), .points = { 4, 16 },
                                           .claims = { ON_MIMALLOC("tasks") } };
static const struct tip switching_tip = { ALL_OF("requests"), .points = { 16, 256 },
                                          .claims = { { "parks", GROWS, FLAT, 0, false, NULL } } };
static const struct tip unitless_tip = { ALL_OF(" "), .points = { 4, 16 },
                                         .claims = { { "tasks", GROWS, FLAT, 0, false, NULL } } };

#define ENTRY(name, tip, bad) { "test/" name, &tip##_tip, &bad##_twin, &answers_twin, &test_words }
const struct entry entries[] = {
    ENTRY("leaks", leak, leaks),
    ENTRY("lingers", leak, lingers),
    ENTRY("opens", leak, opens),
    ENTRY("uses", leak, uses),
    ENTRY("sleeps", stuck, sleeps_for_ever),
    ENTRY("spins", stuck, spins),
    ENTRY("deadlocks", stuck, deadlocks),
    ENTRY("panics", panic, panics),
    ENTRY("aborts", dies, aborts),
    ENTRY("exits", leak, exits),
    ENTRY("exits-saying", leak, exits_saying),
    ENTRY("prints", leak, prints),
    ENTRY("eats", dies, eats),
    ENTRY("forks", leak, forks),
    ENTRY("hangs-known", stuck, hangs_known),
    ENTRY("errs", wrong, errs),
    ENTRY("errs-unsaid", leak, errs),
    ENTRY("wavers", leak, wavers),
    ENTRY("busy", leak, is_busy),
    ENTRY("computes", leak, computes),
    ENTRY("naps", leak, naps),
    ENTRY("refuses", leak, refuses),
    ENTRY("set-up-busily", leak, set_up_busily),
    ENTRY("tells-env", leak, tells_env),
    ENTRY("panics-unsaid", leak, panics),
    ENTRY("deadlocks-unsaid", leak, deadlocks),
    ENTRY("refuted", refuted, answers),
    ENTRY("unreasoned", unreasoned, answers),
    ENTRY("counts-vary", counts_vary, answers),
    ENTRY("varies-and-differs", varies_and_differs, answers),
    ENTRY("toothless", toothless, leaks),
    ENTRY("sayingless", sayingless, leaks),
    ENTRY("unknown", unknown, leaks),
    ENTRY("switches", switching, leaks),
    ENTRY("has-moods", switching, has_moods),
    ENTRY("unitless", unitless, leaks),
    ENTRY("heaps", heaps, allocates),
    ENTRY("mimalloc", heaps, wants_mimalloc),
    ENTRY("heap-tasks", heap_tasks, leaks),
};
const size_t nentries = sizeof entries / sizeof entries[0];

/* Call it first in main(). */
static inline void misbehave_main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "one") == 0)
        exit(cmd_one(argc - 1, argv + 1));
}

#endif
