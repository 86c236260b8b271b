/* SPDX-License-Identifier: MIT */
/* look.c - one twin, run for whoever looks for its mistake: `look TIP bad|good [malloc]`.
 *
 * It serves 64 requests and waits until no more tasks end.  Then, while the scene is still there,
 * it says which tasks are left and which of them nobody can wake (dump.h, leak.h).  The scene is
 * not torn down, in neither twin: what is left over is what was left at that moment.
 *
 * With `malloc` the process is for a tool that looks for itself: LeakSanitizer is asked, if it is
 * linked in, and a scene that lives on the garbage collector is run on glibc's heap, which is all
 * that the tools know.  Status 3: it runs nowhere else. */
#include "dump.h"
#include "inside/drive.h"
#include "leak.h"
#include "task.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { REQUESTS = 64, WORKERS_HERE = 2, ON_A_COLLECTOR = 3 };

int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

struct order {
    const struct entry *e;
    const struct twin *w;
    struct params p;
    bool for_tool; /* which looks for itself; our proof would stop its threads, too */
};

static void run(void *arg)
{
    struct order *o = arg;
    struct sample unused = { 0 };
    struct stage s;

    stage_open(&s, o->e, o->w, &o->p);
    (o->p.rate ? drive_rate : drive_count)(&s, &unused);
    if (!o->for_tool) {
        leaks_find();
        dump_tasks(STDOUT_FILENO, DUMP_GROUPED);
    }
    if (__lsan_do_recoverable_leak_check)
        __lsan_do_recoverable_leak_check();
    _exit(0);
}

/* Requests that do as much as usual, few of them, and two workers, so that there can be a race. */
static struct params params_of(const struct tip *t)
{
    struct params p = tip_usual(t);

    p.ops = REQUESTS;
    p.workers = WORKERS_HERE;
    if (t->dial == RATE)
        p.rate = t->points[0];
    return p;
}

/* The enum's words are in inside/words.h. */
static enum role twin_of(const char *word)
{
    return strcmp(word, "bad") == 0 ? TWIN_BAD : strcmp(word, "good") == 0 ? TWIN_GOOD : TWIN_NONE;
}

int main(int argc, char **argv)
{
    struct order o = { .e = argc > 2 ? tip_find(argv[1]) : NULL };
    enum role twin = argc > 2 ? twin_of(argv[2]) : TWIN_NONE;

    if (!o.e || twin == TWIN_NONE) {
        fprintf(stderr, "twinbench: usage: look TIP bad|good [malloc]\n");
        return 2;
    }
    o.w = tip_twin(o.e, twin);
    o.p = params_of(o.e->tip);
    o.for_tool = argc > 3;
    if (o.for_tool && tip_heap(o.e->tip) == HEAP_GC) {
        if (!tip_runs_on(o.e->tip, HEAP_GLIBC))
            return ON_A_COLLECTOR;
        o.p.heap = HEAP_GLIBC;
    }
    printf("--ops %" PRIu64 " --size %" PRIu64 " --clients %" PRIu64 " --rate %" PRIu64
           " --workers %" PRIu64 "\n",
           o.p.ops, o.p.size, o.p.clients, o.p.rate, o.p.workers);
    fflush(stdout);
    if (!o.w)
        return 0; /* it is in Go alone, and its parameters were asked for */
    int error = stage_prepare(o.e, &o.p);
    if (!error)
        error = -task_main(run, &o);
    fprintf(stderr, "twinbench: look: %s\n", strerror(error));
    return 1; /* run() does not come back */
}
