/* SPDX-License-Identifier: MIT */
/* task.c - a task's life: started, run, ended; and the process around them.
 *
 * A task that has not run yet is a descriptor and no more: it gets a stack when a
 * worker first takes it.  A thousand tasks that are started in a row and never wait
 * therefore run one after the other on the same warm stack.
 *
 * Descriptors are in task_slab.c, stacks in stack.c, the choice of the next task in
 * sched.c, panics in defer.c. */
#include "task.h"

#include "core/asymmetric_barrier.h"
#include "core/clock.h"
#include "core/compiler.h"
#include "core/defer_impl.h"
#include "core/lock_impl.h"
#include "core/sched.h"
#include "core/stack.h"
#include "core/task_slab.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/dump_impl.h"
#include "look/fatal.h"
#include "look/faults.h"
#include "memory/gc_hooks.h"
#include "timer.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ID_BLOCK 64

/* --- descriptors ---------------------------------------------------------- */

static inline NO_TSAN struct task *task_get(struct worker *w)
{
    struct task *t = magazine_take(&w->tasks, &task_spares);

    return likely(t) ? t : task_slab_cut(w);
}

static NO_TSAN void task_put(struct worker *w, struct task *t)
{
    void *spare = t;

    t->state = TASK_FREE;
    if (tool_put_off(&w->late_tasks, &spare))
        magazine_put(&w->tasks, &task_spares, spare);
}

static inline NO_TSAN uint64_t id_take(struct worker *w)
{
    if (unlikely(w->next_id == w->end_id)) {
        w->next_id = __atomic_fetch_add(&sched.ids, ID_BLOCK, __ATOMIC_RELAXED) + 1;
        w->end_id = w->next_id + ID_BLOCK;
    }
    return w->next_id++;
}

/* --- a life --------------------------------------------------------------- */

/* Started by task number `parent`, 0: by none, with these labels. */
static inline NO_TSAN struct task *task_make(struct worker *w, task_fn *fn, void *arg,
                                             const struct site *where, uint64_t parent,
                                             const struct task_label *labels)
{
    struct task *t = task_get(w);

    t->stack = NULL;
    t->fn = fn;
    t->arg = arg;
    t->born = where;
    t->id = id_take(w);
    t->parent = parent;
    t->labels = labels;
    t->root.outer = NULL;
    t->root.newest = NULL;
    t->scope = &t->root;
    t->protection = NULL;
    t->panic = NULL;
    t->cleanups = 0;
    t->where = NULL;
    t->leaked = 0;
    gauge_add(&w->stats.tasks, 1);
    return t;
}

NO_TSAN void task_go(task_fn *fn, void *arg, const struct site *where)
{
    struct worker *w = worker_self();
    const struct task *self = w->current;

    if (unlikely(!fn))
        task_fatal(where, "go of nil func value");
    ready_fresh(w, task_make(w, fn, arg, where, self->id, self->labels));
}
LEFT_OUT(task_go);

/* May be called by a timer, which runs on the stack of whatever task is current, or of none. */
NO_TSAN void task_go_later(task_fn *fn, void *arg, const struct site *where)
{
    struct worker *w = worker_self();
    const struct task *self = w->firing ? NULL : w->current;

    ready_fresh(w, task_make(w, fn, arg, where, self ? self->id : 0, self ? self->labels : NULL));
}

/* The end of the running task, whose cleanups have run. */
static NO_TSAN _Noreturn void task_end(void)
{
    struct worker *w = worker_self();
    struct task *t = w->current;

    tool_release(t); /* the next task has this descriptor, wherever it runs */
    tool_release(&sched.ended);
    if (unlikely(stacks_bare) && stack_overflowed(t->stack))
        fatal_overflow(t);
    gauge_add(&w->stats.tasks, -1);
    stack_put(w, t->stack);
    task_put(w, t);
    leave_for_good(w);
}

/* Task 1 has returned: each worker leaves its loop when it is between two tasks. */
static void all_done(void)
{
    __atomic_store_n(&sched.done, true, __ATOMIC_RELEASE);
    outside_lock_take(&sched.lock);
    for (int i = 0; i < sched.nworkers; i++)
        worker_wake(sched.workers[i]);
    outside_lock_give(&sched.lock);
}

/* The argument is fn's now, and can be collected when fn forgets it. */
ALWAYS_INLINE NO_TSAN void call_on_collector(struct task *t)
{
    void *arg;

    gc_hooks.after_switch();
    arg = t->arg;
    t->arg = NULL;
    t->fn(arg);
}

/* The first function on every stack. */
NO_TSAN void task_begin(void)
{
    struct task *t = task_self();

    tool_arrive(&t->stack->tool);
    tool_acquire(t);
    *worker_self()->error = 0;
    if (unlikely(gc_on))
        call_on_collector(t);
    else
        t->fn(t->arg); /* read here, or it stays in a register, where a search finds it (leaks.c) */
    if (unlikely(t->root.newest || t->id == 1))
        task_over();
    task_end();
}

NO_TSAN _Noreturn void task_over(void)
{
    struct task *t = task_self();

    cleanups_run(t, NULL);
    if (t->id == 1)
        all_done();
    task_end();
}

_Noreturn void task_exit(void)
{
    struct task *t = task_self();

    t->panic = NULL; /* the end of the task replaces a panic under way */
    t->protection = NULL;
    cleanups_run(t, NULL);
    if (t->id == 1)
        sched.main_exited = true;
    task_end();
}
CALLS_BACK(task_exit);

/* --- waiting for time, for ever, for a thread ------------------------------ */

void task_sleep_at(int64_t ns, const struct site *where)
{
    struct worker *w = worker_self();

    if (ns <= 0)
        return;
    w->current->claim = 0;
    park_until(WAIT_SLEEP, where, NULL, deadline_after(w, ns));
}
LEFT_OUT(task_sleep_at);

_Noreturn void task_stop_at(const struct site *where)
{
    for (;;)
        park(WAIT_SELECT_NONE, where, NULL);
}
LEFT_OUT(task_stop_at);

/* --- from and to other threads --------------------------------------------- */

struct inject {
    struct inject *next;
    task_fn *fn;
    void *arg;
    const struct site *where;
};

/* Under sched.lock, which is given back: something is queued for the workers.  Wake one. */
static void outside_queued(void)
{
    bool asleep;

    __atomic_fetch_add(&sched.outside, 1, __ATOMIC_SEQ_CST);
    asleep = sched.idle > 0;
    outside_lock_give(&sched.lock);
    if (asleep)
        worker_wake_one();
}

void task_inject_at(task_fn *fn, void *arg, const struct site *where)
{
    struct inject *in;

    if (!fn)
        task_fatal(where, "go of nil func value");
    in = malloc(sizeof *in);
    if (!in)
        fatal("out of memory for a task from outside");
    *in = (struct inject){ NULL, fn, arg, where };
    outside_lock_take(&sched.lock);
    *(sched.injected ? &sched.injected_last->next : &sched.injected) = in;
    sched.injected_last = in;
    outside_queued();
}
LEFT_OUT(task_inject_at);

static void task_returns(struct task *t)
{
    tool_release(t);
    t->next = NULL;
    outside_lock_take(&sched.lock);
    *(sched.returned ? &sched.returned_last->next : &sched.returned) = t;
    sched.returned_last = t;
    sched.blocking--;
    outside_queued();
}

struct task *task_from_outside(struct worker *w)
{
    struct inject *in = NULL;
    struct task *t;

    if (!__atomic_load_n(&sched.outside, __ATOMIC_ACQUIRE))
        return NULL;
    outside_lock_take(&sched.lock);
    if ((t = sched.returned))
        sched.returned = t->next;
    else if ((in = sched.injected))
        sched.injected = in->next;
    if (t || in)
        __atomic_fetch_sub(&sched.outside, 1, __ATOMIC_RELAXED);
    outside_lock_give(&sched.lock);
    if (in) {
        t = task_make(w, in->fn, in->arg, in->where, 0, NULL);
        tool_release(t);
        free(in);
    }
    return t;
}

void task_hold(void)
{
    outside_lock_take(&sched.lock);
    sched.held++;
    outside_lock_give(&sched.lock);
}

/* Without this hold it is a deadlock if all tasks wait: wake a worker to find out. */
void task_release_at(const struct site *where)
{
    bool held;

    outside_lock_take(&sched.lock);
    held = sched.held > 0;
    sched.held -= held;
    outside_lock_give(&sched.lock);
    if (!held)
        task_panic(where, "task_release without task_hold");
    worker_wake_one();
}
LEFT_OUT(task_release_at);

/* Threads for blocking calls wait here for the next call.  There are as many as were ever
 * needed at one time. */
struct call {
    task_fn *fn;
    void *arg;
    struct task *task;
    int error; /* the task's errno, before and after */
    struct call *next;
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t more;
    struct call *first;
    int waiting; /* threads without a call */
    int queued;  /* calls without a thread */
} calls = { .mutex = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER };

static void *calls_run(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&calls.mutex);
    for (;;) {
        struct call *c;

        calls.waiting++;
        while (!(c = calls.first))
            pthread_cond_wait(&calls.more, &calls.mutex);
        calls.waiting--;
        calls.queued--;
        calls.first = c->next;
        pthread_mutex_unlock(&calls.mutex);
        errno = c->error;
        c->fn(c->arg);
        c->error = errno;
        task_returns(c->task); /* *c is gone after this */
        pthread_mutex_lock(&calls.mutex);
    }
    return NULL;
}

/* With the signal mask of whoever called task_main(): what a task starts by fork(), posix_spawn()
 * or system() inherits it.  The kernel gives a process's signals to its first thread if that takes
 * them. */
static int thread_start(void *(*fn)(void *), void *arg)
{
    pthread_t thread;
    int err = pthread_create(&thread, NULL, fn, arg);

    if (!err)
        pthread_detach(thread);
    return -err;
}

static void call_submit(struct call *c)
{
    pthread_mutex_lock(&calls.mutex);
    c->next = calls.first;
    calls.first = c;
    if (++calls.queued > calls.waiting && thread_start(calls_run, NULL) && !calls.waiting)
        fatal("thread exhaustion: no thread for a blocking call");
    pthread_cond_signal(&calls.more);
    pthread_mutex_unlock(&calls.mutex);
}

void task_blocking_at(task_fn *fn, void *arg, const struct site *where)
{
    struct worker *w = worker_self();
    struct call c = { .fn = fn, .arg = arg, .task = w->current, .error = errno };

    if (EXPLORING) {
        fn(arg);
        return;
    }
    gauge_add(&w->stats.blocking, 1);
    outside_lock_take(&sched.lock);
    sched.blocking++;
    outside_lock_give(&sched.lock);
    park_announce(w, w->current, WAIT_BLOCKING, where);
    call_submit(&c);
    park_leave();
    errno = c.error;
    gauge_add(&worker_self()->stats.blocking, -1);
}
LEFT_OUT(task_blocking_at);

/* --- the process ----------------------------------------------------------- */

static int workers_wanted;

void task_set_workers(int n)
{
    workers_wanted = n;
}

/* The number in TWIN_WORKERS. 0: it is not set. */
static int workers_asked_for(void)
{
    const char *text = getenv("TWIN_WORKERS");
    char *end;
    long n;

    if (!text || !*text)
        return 0;
    n = strtol(text, &end, 10);
    if (*end || n < 0 || n > MAX_WORKERS) {
        fprintf(stderr, "twinbench: TWIN_WORKERS: a number from 1 to %d, not '%s'\n", MAX_WORKERS,
                text);
        exit(2);
    }
    return (int)n;
}

int task_workers(void)
{
    cpu_set_t cpus;
    int n = workers_wanted;

    if (sched.nworkers)
        return sched.nworkers;
    if (n <= 0)
        n = workers_asked_for();
    if (n <= 0)
        n = sched_getaffinity(0, sizeof cpus, &cpus) ? 1 : CPU_COUNT(&cpus);
    return n < MAX_WORKERS ? n : MAX_WORKERS;
}

static struct worker *worker_make(int index)
{
    struct worker *w = aligned_alloc(64, (sizeof *w + 63) & ~(size_t)63);

    if (!w)
        return NULL;
    memset(w, 0, sizeof *w);
    if (!magazine_start(&w->stacks) || !magazine_start(&w->tasks))
        return NULL;
    w->alone = sched.alone;
    w->index = index;
    w->number = (uint8_t)(index + 1);
    w->stealing = !asym_works; /* thieves could not wait for the owner: leave the slot unused */
    w->random = 0x9e3779b97f4a7c15u * (uint64_t)(index + 1) ^ (uint64_t)clock_now();
    w->now_ns = clock_now();
    w->timers.first_ns = INT64_MAX;
    deque_grow(&w->fresh);
    deque_grow(&w->woken);
    return w;
}

/* For who looks through it (look/leaks.c). */
static void stack_note(struct worker *w)
{
    pthread_attr_t attr;
    void *from;
    size_t bytes;

    if (pthread_getattr_np(pthread_self(), &attr))
        return;
    if (!pthread_attr_getstack(&attr, &from, &bytes)) {
        w->stack_from = from;
        w->stack_to = w->stack_from + bytes;
    }
    pthread_attr_destroy(&attr);
}

static void *worker_thread(void *arg)
{
    worker_here = arg;
    stack_note(worker_here);
    worker_here->error = &errno;
    tool_release(worker_here->error);
    tool_thread(&worker_here->tool);
    faults_catch_here();
    if (gc_on)
        gc_hooks.worker_starts();
    worker_loop(arg);
    if (gc_on)
        gc_hooks.worker_ends();
    return NULL;
}

/* A dump on another thread may look at it meanwhile, as at any task that comes and goes. */
static NO_TSAN NOINLINE void run_no_more(struct worker *w)
{
    w->current = NO_TASK;
}

int task_main(task_fn *fn, void *arg)
{
    int n, err = 0;
    struct task *t;

    if (sched.nworkers)
        return -EALREADY;
    explore_start();
    clock_start();
    asym_start();
    sched.nworkers = n = task_workers();
    sched.alone = n == 1 && TOOL_ALONE;
    for (int i = 0; i < n; i++)
        if (!(sched.workers[i] = worker_make(i)))
            return -ENOMEM;
    worker_here = sched.workers[0];
    for (int i = 0; i < n; i++) /* the others' threads have their own */
        sched.workers[i]->error = &errno;
    tool_release(worker_here->error);
    tool_thread(&worker_here->tool);
    fatal_dump = dump_but;
    fatal_frames = dump_here;
    faults_catch();
    faults_catch_here();

    if (gc_on)
        gc_hooks.worker_starts();
    t = task_make(worker_here, fn, arg, HERE, 0, NULL);
    if (!(t->stack = stack_make_big(MAIN_STACK_BYTES)))
        return -ENOMEM;
    gauge_add(&worker_here->stats.stacks, 1);
    context_make(&t->context, t->stack, task_begin);
    t->state = TASK_READY;
    deque_push(&worker_here->woken, t);
    for (int i = 1; i < n && !err && !EXPLORING; i++)
        err = thread_start(worker_thread, sched.workers[i]);
    if (!err)
        worker_loop(worker_here);
    run_no_more(worker_here);
    return err;
}

NO_TSAN uint64_t task_count(void)
{
    int64_t n = 0;

    for (int i = 0; i < sched.nworkers; i++)
        n += __atomic_load_n(&sched.workers[i]->stats.tasks.now, __ATOMIC_ACQUIRE);
    tool_acquire(&sched.ended);
    return (uint64_t)n;
}

uint64_t task_id(void)
{
    return task_self()->id;
}
LEFT_OUT(task_id);

const struct task_label *task_labels(const struct task_label *labels)
{
    struct task *t = task_self();
    const struct task_label *before = t->labels;

    t->labels = labels;
    return before;
}
LEFT_OUT(task_labels);
