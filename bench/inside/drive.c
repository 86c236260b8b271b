/* SPDX-License-Identifier: MIT */
/* drive.c - closed loop, timed batches, open loop.
 *
 * Whatever the instrument, a count is the difference between a reading before the
 * first request and one after the last, when all that can end has ended.  What
 * the harness adds itself is taken off: its client tasks, and the parks of its own
 * waiting for quiet.  That waiting arms no timer, for to stats.h a task that sleeps
 * is a task.
 *
 * RSS is the sum over the page tables (smaps_rollup) where the kernel has it: the
 * cheaper figures in statm and status are kept per processor since Linux 6.2, and
 * what a processor has not yet added is missing from them. */
#include "inside/drive.h"

#include "inside/gbench.h"
#include "gc.h"
#include "heap.h"
#include "inside/hist.h"
#include "leak.h"
#include "inside/median.h"
#include "stats.h"
#include "sync.h"
#include "timer.h"

#include <errno.h>
#include <fcntl.h>
#include <gc/gc.h>
#include <malloc.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* --- the stage --- */

int stage_prepare(const struct entry *e, const struct params *p)
{
    task_set_workers((int)p->workers);
    return heap_use(p->heap == HEAP_DEFAULT ? tip_heap(e->tip) : p->heap);
}

/* The collector must see what the scene points to. */
static void *scene_bytes(const struct tip *t, const struct params *p)
{
    size_t bytes = t->scene_bytes ? t->scene_bytes : 1;
    void *scene =
        t->gc && p->heap == HEAP_DEFAULT ? GC_MALLOC_UNCOLLECTABLE(bytes) : calloc(1, bytes);

    if (!scene)
        panic("out of memory for a scene of %zu bytes", bytes);
    return scene;
}

void stage_open(struct stage *s, const struct entry *e, const struct twin *w,
                const struct params *p)
{
    *s = (struct stage){ .e = e, .w = w, .p = *p, .scene = scene_bytes(e->tip, p) };
    if (w->setup)
        w->setup(s->scene, &s->p);
    else if (e->tip->setup)
        e->tip->setup(s->scene, &s->p);
}

void stage_close(struct stage *s)
{
    if (s->w->tear_down)
        s->w->tear_down(s->scene);
    else if (s->e->tip->tear_down)
        s->e->tip->tear_down(s->scene);
}

/* splitmix64's finalizer: neighbours come out far apart. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* Serve a request.  Its value depends on the request and the answer, so the sum of all of them
 * does not depend on which client served which request, or when. */
static uint64_t request(struct stage *s, uint64_t k)
{
    uint64_t i = s->p.seed + k;

    uint64_t answer = s->w->op(s->scene, i);

    if (s->served)
        __atomic_add_fetch(s->served, 1, __ATOMIC_RELAXED);
    return mix(mix(i + 0x9e3779b97f4a7c15u) ^ answer);
}

static void *must_alloc(size_t n, size_t bytes)
{
    void *p = calloc(n, bytes);

    if (!p)
        panic("out of memory for %zu requests in flight", n);
    return p;
}

struct client {
    struct stage *stage;
    struct waitgroup *served;
    uint64_t next, end; /* requests next, next + clients, ... below end */
};

/* Let another client run.  Clients that never wait run one after the other on one stack, which
 * is one thread to ThreadSanitizer, and it would see no race between them. */
static void take_turns(void)
{
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
    task_yield();
#endif
#endif
}

static void client_run(void *arg)
{
    struct client *c = arg;
    uint64_t sum = 0;

    for (; c->next < c->end; c->next += c->stage->p.clients) {
        take_turns();
        sum += request(c->stage, c->next);
    }
    __atomic_add_fetch(&c->stage->answers, sum, __ATOMIC_RELAXED);
    wg_done(c->served);
}

double stage_serve(struct stage *s, uint64_t first, uint64_t n)
{
    uint64_t clients = s->p.clients;
    struct client *c = must_alloc(clients, sizeof *c);
    struct waitgroup served = { 0 };
    int64_t start = clock_now();

    wg_add(&served, (int64_t)clients);
    for (uint64_t k = 0; k < clients; k++) {
        c[k] = (struct client){ s, &served, first + k, first + n };
        go(client_run, &c[k]);
    }
    wg_wait(&served);
    double seconds = (double)(clock_now() - start) / 1e9;
    free(c);
    return seconds;
}

/* --- before and after --- */

static double memory_field(const char *path, const char *name)
{
    FILE *f = fopen(path, "r");
    char line[128];
    double kib = -1;

    while (f && kib < 0 && fgets(line, sizeof line, f))
        if (strncmp(line, name, strlen(name)) == 0)
            kib = strtod(line + strlen(name), NULL);
    if (f)
        fclose(f);
    return kib * 1024;
}

/* The number of open descriptors.  To list /proc/self/fd a directory must be read, which the
 * sandbox of a graded twin does not allow.  But the size of the table is a line of a file, and
 * each entry can be tested. */
static int64_t descriptors_now(void)
{
    int places = (int)(memory_field("/proc/self/status", "FDSize:") / 1024);
    int64_t open = 0;

    for (int fd = 0; fd < places; fd++)
        open += fcntl(fd, F_GETFD) != -1;
    return open;
}

static double rss_now(void)
{
    double exact = memory_field("/proc/self/smaps_rollup", "Rss:");

    return exact >= 0 ? exact : memory_field("/proc/self/status", "VmRSS:");
}

static double rss_peak(double now)
{
    double peak = memory_field("/proc/self/status", "VmHWM:");

    return peak > now ? peak : now; /* the kernel's own peak is the inexact figure */
}

/* Bytes that malloc has handed out and that were not freed: in all arenas, and in mappings of
 * their own. */
static int64_t malloc_now(void)
{
    struct mallinfo2 m = mallinfo2();

    return (int64_t)(m.uordblks + m.hblkhd);
}

struct reading {
    struct stats stats;
    struct gc_stats gc;
    double rss;
    int64_t malloc_bytes;
    int64_t descriptors;
};

static struct reading read_all(const struct stage *s)
{
    struct reading r = { .rss = rss_now(), .malloc_bytes = malloc_now(), .stats = stats_read() };

    r.malloc_bytes -= r.stats.descriptor_bytes; /* the runtime's, which no op can give back */
    r.descriptors = descriptors_now();
    if (s->e->tip->gc)
        r.gc = gc_stats();
    return r;
}

/* The reading before the first request.  First the tasks that setup started run until they wait,
 * and one reading is thrown away: it brings the pages of the reading code into memory. */
static struct reading read_before(const struct stage *s)
{
    task_yield();
    read_all(s);
    stats_reset_peaks();
    audit_begin();
    return read_all(s);
}

static bool is_quiet(const struct reading *before)
{
    return (int64_t)task_count() <= before->stats.tasks.now &&
           stats_read().timers.now <= before->stats.timers.now;
}

/* Up to 20 polls, 1 us to 100 ms apart, until no more is alive than before.  How
 * often it slept: each time is one park and one switch back. */
static int quiesce(const struct reading *before)
{
    int64_t pause = US;
    int polls = 0;

    while (polls < 20) {
        task_sleep(pause);
        polls++;
        if (is_quiet(before))
            break;
        pause = pause * 2 < 100 * MS ? pause * 2 : 100 * MS;
    }
    return polls;
}

/* own: how many tasks the harness started to make the requests. */
static void fill_counts(struct sample *out, const struct stats *a, const struct stats *b,
                        uint64_t own)
{
    out->tasks = b->tasks.now - a->tasks.now;
    out->tasks_peak = b->tasks.peak - a->tasks.now;
    out->tasks_started = (int64_t)(b->tasks.total - a->tasks.total - own);
    out->timers = b->timers.now - a->timers.now;
    out->timers_started = (int64_t)(b->timers.total - a->timers.total);
    out->contexts = b->contexts.now - a->contexts.now;
    out->channels = b->channels.now - a->channels.now;
    out->channels_made = (int64_t)(b->channels.total - a->channels.total);
    out->held_bytes = b->chan_bytes.peak - a->chan_bytes.now;
    out->cleanups = (int64_t)(b->cleanups.total - a->cleanups.total);
    out->cleanups_peak = b->cleanups.deepest;
    out->switches = (int64_t)(b->switches - a->switches);
    out->parks = (int64_t)(b->parks - a->parks);
    out->lock_waits = (int64_t)(b->lock_waits - a->lock_waits);
    out->pool_misses = (int64_t)(b->pool_misses - a->pool_misses);

    uint64_t hits = b->pool_hits - a->pool_hits, gets = hits + b->pool_misses - a->pool_misses;
    out->pool_hit_rate = gets ? (int64_t)(100 * hits / gets) : 0;
}

static void fill_gc(struct sample *out, const struct gc_stats *a, const struct gc_stats *b)
{
    out->gc_cycles = (int64_t)(b->cycles - a->cycles);
    out->gc_bytes = (int64_t)(b->allocated_bytes - a->allocated_bytes);
    out->gc_pause_ns = (double)(b->pause_ns - a->pause_ns);
    out->gc_heap_bytes = (double)b->heap_bytes;
}

/* polls: the harness's own parks. */
static void fill_as_is(struct stage *s, const struct reading *before, uint64_t own, int polls,
                       struct sample *out)
{
    struct reading after = read_all(s);
    after.stats.parks -= (uint64_t)polls;
    after.stats.switches -= (uint64_t)polls;
    fill_counts(out, &before->stats, &after.stats, own);
    fill_gc(out, &before->gc, &after.gc);
    out->answer = (int64_t)s->answers;
    out->malloc_bytes = after.malloc_bytes - before->malloc_bytes;
    out->descriptors = before->descriptors && after.descriptors
                           ? after.descriptors - before->descriptors
                           : UNKNOWN; /* the system does not say how many there may be */
    out->rss_before_bytes = before->rss;
    out->rss_bytes = after.rss;
    out->rss_peak_bytes = rss_peak(after.rss);
    out->leaked = UNKNOWN;
    if (s->e->tip->probe)
        s->e->tip->probe(s->scene, out);
    out->outcome = OUTCOME_OK;
}

/* Were the counters changed by the twin, whose memory they share? */
static void audit(const struct stage *s)
{
    char why[AUDIT_WHY];

    if (s->p.workers == 1 && !audit_end(why))
        panic("the counters were written to: %s", why);
}

/* Tasks that are proved to be leaked.  UNKNOWN under a sanitizer, on the collector, and where
 * the system does not let a process read its own memory. */
static int64_t leaked_now(void)
{
    int64_t n = leaks_find();

    return n >= 0 ? n : UNKNOWN;
}

/* Leaked tasks are looked for last, for that needs memory. */
static void fill(struct stage *s, const struct reading *before, uint64_t own, struct sample *out)
{
    int polls = quiesce(before);

    audit(s);
    fill_as_is(s, before, own, polls, out);
    out->leaked = leaked_now();
}

/* --- the instruments --- */

void drive_count(struct stage *s, struct sample *out)
{
    struct reading before = read_before(s);

    stage_serve(s, 0, s->p.ops);
    fill(s, &before, s->p.clients, out);
}

struct timing {
    struct stage *stage;
    int batch; /* from 0, warm-up included */
    double cpu[ALL_BATCHES];
};

static double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double timed_batch(void *arg, uint64_t first, uint64_t n)
{
    struct timing *t = arg;
    double cpu = cpu_seconds(), wall = stage_serve(t->stage, first, n);

    if (t->batch < ALL_BATCHES)
        t->cpu[t->batch++] = cpu_seconds() - cpu;
    return wall;
}

/* The median of the batches after the warm-up, in ns for one of n requests. */
static double ns_each(double *seconds, uint64_t n)
{
    return median(seconds + WARM_UP_BATCHES, TIMED_BATCHES) * 1e9 / (double)n;
}

void drive_time(struct stage *s, struct sample *out)
{
    struct timing t = { .stage = s };
    double wall[ALL_BATCHES];
    struct reading before = read_before(s);
    int error = gbench_time(timed_batch, &t, s->p.ops, ALL_BATCHES, wall);

    if (error)
        panic("Google Benchmark refused the batches: %s", strerror(-error));
    fill_as_is(s, &before, (uint64_t)t.batch * s->p.clients, 0, out);
    out->wall_ns = ns_each(wall, s->p.ops);
    out->cpu_ns = ns_each(t.cpu, s->p.ops);
}

/* A request of the open loop. */
struct offer {
    struct stage *stage;
    struct waitgroup *served;
    uint64_t k;
    int64_t intended_ns; /* when it should have started */
    int64_t took_ns;     /* from then until it was answered */
    bool refused;        /* and the answer was a refusal */
};

/* The offers of this process.  NULL: there are none. */
static struct {
    struct offer *list;
    uint64_t first, n; /* numbers of requests */
} offered;

void op_refused(uint64_t i)
{
    if (offered.list && i - offered.first < offered.n)
        offered.list[i - offered.first].refused = true;
}

static void offer_run(void *arg)
{
    struct offer *o = arg;
    uint64_t answer = request(o->stage, o->k);

    o->took_ns = clock_now() - o->intended_ns;
    __atomic_add_fetch(&o->stage->answers, answer, __ATOMIC_RELAXED);
    wg_done(o->served);
}

/* Start n requests on time, or as soon after it as this task gets to run.  A
 * request that is late is not postponed: the loop catches up without a pause. */
static void offer_all(struct offer *offers, uint64_t n, uint64_t rate)
{
    int64_t start = clock_now();

    for (uint64_t k = 0; k < n; k++) {
        offers[k].intended_ns = start + (int64_t)((double)k * 1e9 / (double)rate);
        task_sleep(offers[k].intended_ns - clock_now());
        go(offer_run, &offers[k]);
    }
}

/* NAN of none. */
static double latency(const struct hist *h, double share)
{
    return hist_count(h) ? (double)hist_quantile(h, share) : NAN;
}

/* Refusals have a latency of their own: they come at once, and would make that of the others
 * look short. */
static void fill_latency(const struct offer *offers, uint64_t n, struct sample *out)
{
    struct hist *served = hist_make(), *refused = hist_make();

    if (!served || !refused)
        panic("out of memory for a histogram");
    for (uint64_t k = 0; k < n; k++)
        hist_add(offers[k].refused ? refused : served, offers[k].took_ns);
    out->p50_ns = latency(served, 0.5);
    out->p90_ns = latency(served, 0.9);
    out->p99_ns = latency(served, 0.99);
    out->p999_ns = latency(served, 0.999);
    out->max_ns = latency(served, 1);
    out->refused_p50_ns = latency(refused, 0.5);
    out->refused_p99_ns = latency(refused, 0.99);
    hist_free(served);
    hist_free(refused);
}

void drive_rate(struct stage *s, struct sample *out)
{
    uint64_t n = s->p.ops;
    struct offer *offers = must_alloc(n, sizeof *offers);
    struct waitgroup served = { 0 };

    for (uint64_t k = 0; k < n; k++)
        offers[k] = (struct offer){ .stage = s, .served = &served, .k = k };
    struct reading before = read_before(s);
    int64_t start = clock_now();
    offered.list = offers;
    offered.first = s->p.seed;
    offered.n = n;
    wg_add(&served, (int64_t)n);
    offer_all(offers, n, s->p.rate);
    wg_wait(&served);
    double seconds = (double)(clock_now() - start) / 1e9;

    fill(s, &before, n, out);
    fill_latency(offers, n, out);
    out->goodput = (double)(n - (uint64_t)out->dropped) / seconds;
    offered.list = NULL;
    free(offers);
}
