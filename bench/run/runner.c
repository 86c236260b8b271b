/* SPDX-License-Identifier: MIT */
/* runner.c - run several child processes at a time.
 *
 * Processes end in any order and are stored in the order in which they were started, so that
 * samples.csv has the order of the plan.  A process that takes long does not stop those behind
 * it: they run, and their rows wait for its row.  Processes that are timed run alone. */
#include "run/runner.h"

#include "inside/drive.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SEATS = 64, CALIBRATION_MS = 10000, TRIALS = 6 };

int runner_start(struct runner *r, struct store *store)
{
    *r = (struct runner){ .store = store };
    progress_start(&r->progress);
    int error = store_read(store, &r->samples, &r->n);
    r->cap = r->n;
    return error;
}

void runner_end(struct runner *r)
{
    progress_clear(&r->progress);
    free(r->samples);
}

static int keep(struct runner *r, const struct sample *s)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 256;
        struct sample *more = realloc(r->samples, cap * sizeof *more);
        if (!more)
            return -ENOMEM;
        r->samples = more;
        r->cap = cap;
    }
    r->samples[r->n++] = *s;
    return store_sample(r->store, s);
}

/* --- what need not be run --- */

static bool is_there(const struct runner *r, const struct job *j)
{
    for (size_t i = 0; i < r->n; i++)
        if (plan_answers(j, &r->samples[i]))
            return true;
    return false;
}

/* A twin that hangs at one point, though it should not, would hang at every point. */
static bool gave_up(const struct runner *r, const struct job *j)
{
    const struct entry *e = tip_find(j->request.tip);
    enum expect end = e ? tip_end(e->tip, j->request.twin) : IS_OK;

    if (end != IS_OK && end != IS_WRONG)
        return false;
    for (size_t i = 0; i < r->n; i++) {
        const struct sample *s = &r->samples[i];
        if (s->outcome != OUTCOME_OK && s->twin == j->request.twin &&
            s->lang == j->request.executor && strcmp(s->tip, j->stored_as) == 0)
            return true;
    }
    return false;
}

/* --- running --- */

struct seat {
    const struct job *job;
    struct child *child;
    char dump[PATH_MAX]; /* where it goes if the process is stuck: the last one stays */
};

/* "results/<run>/dumps/leaks-range-unclosed-bad.txt" */
static void name_dump(const struct runner *r, struct seat *s)
{
    const struct request *q = &s->job->request;
    char name[256];

    bool in_c = q->executor == executor_c();
    snprintf(name, sizeof name, "dumps/%s-%s%s%s.txt", s->job->stored_as, role_word(q->twin),
             in_c ? "" : "-", in_c ? "" : q->executor->name);
    for (char *c = name + strlen("dumps/"); (c = strchr(c, '/'));)
        *c = '-';
    snprintf(s->dump, sizeof s->dump, "%s", store_path(r->store, name));
}

static int say_trouble(const char *what, const struct request *r, int error)
{
    if (error && error != -EINTR)
        fprintf(stderr, "twinbench: cannot %s a process for %s in %s: %s\n", what, r->tip,
                r->executor->title, strerror(-error));
    return error;
}

static int seat_take(struct runner *r, struct seat *s, const struct job *j)
{
    struct request request = j->request;
    char what[96];

    s->job = j;
    s->child = NULL;
    if (is_there(r, j) || gave_up(r, j))
        return 0;
    name_dump(r, s);
    request.said_path = s->dump;
    request.said_if_stuck = true;
    snprintf(what, sizeof what, "%s %s", j->stored_as, role_word(j->request.twin));
    progress_show(&r->progress, what);
    return child_start(&request, &s->child);
}

static int seat_leave(struct runner *r, struct seat *s)
{
    struct sample sample;

    if (s->child) {
        int error = child_finish(s->child, &sample, NULL);
        if (error)
            return say_trouble("finish", &s->job->request, error);
        snprintf(sample.tip, sizeof sample.tip, "%s", s->job->stored_as);
        error = keep(r, &sample);
        if (error)
            return error;
    }
    progress_done(&r->progress, s->job->expect_ms);
    return 0;
}

static bool is_over(const struct seat *s)
{
    return !s->child || child_has_ended(s->child);
}

/* Start more processes, until the first of those that run has ended: its row is to be stored at
 * once.  If there are no descriptors left for another one, it waits until that first one has
 * given its own back. */
static int fill_seats(struct runner *r, struct seat *seats, const struct jobs *jobs, size_t first,
                      size_t *end, size_t together)
{
    int error = 0;

    while (!error && *end < jobs->n && *end < first + MAX_SEATS) {
        if (*end > first)
            error = child_await_fewer(together);
        if (error || (*end > first && is_over(&seats[first % MAX_SEATS])))
            break;
        error = seat_take(r, &seats[*end % MAX_SEATS], &jobs->list[*end]);
        if (error == -EMFILE && *end > first)
            return 0;
        say_trouble("start", &jobs->list[*end].request, error);
        *end += !error;
    }
    return error;
}

/* After an error none is started any more, but all that were are finished. */
int runner_run(struct runner *r, const struct jobs *jobs, size_t together)
{
    struct seat seats[MAX_SEATS] = { 0 };
    size_t started = 0;
    int error = 0;

    for (size_t done = 0; done < jobs->n; done++) {
        if (!error)
            error = fill_seats(r, seats, jobs, done, &started, together);
        if (done == started)
            break;
        int failed = seat_leave(r, &seats[done % MAX_SEATS]);
        error = error ? error : failed;
    }
    return error;
}

/* --- calibration --- */

/* Bytes that each request left behind, over all batches. */
static double bytes_left(const struct sample *s)
{
    return (s->rss_bytes - s->rss_before_bytes) / (ALL_BATCHES * (double)s->ops);
}

/* ns for a request of this twin in batches of s->batch, into *ns. */
static int try_twin(struct workload *s, enum role twin, double *ns, char why[CHILD_WHY])
{
    struct params p = workload_timing(s);
    struct sample sample;
    struct child *c;

    p.ops = s->batch;
    struct request request = workload_request(s, twin, KIND_TIME, p);
    request.timeout_ms = CALIBRATION_MS;
    int error = say_trouble("start", &request, child_start(&request, &c));
    if (!error)
        error = say_trouble("finish", &request, child_finish(c, &sample, why));
    bool ok = !error && sample.outcome == OUTCOME_OK;
    *ns = ok ? sample.wall_ns : 0;
    if (ok)
        s->bytes = fmax(s->bytes, bytes_left(&sample));
    return error;
}

static int cannot_time(struct workload *s, int error)
{
    s->batch = 0;
    return error;
}

int runner_calibrate(struct runner *r, struct workload *s, char why[CHILD_WHY])
{
    uint64_t clients = workload_timing(s).clients, next = s->batch ? s->batch : clients;
    int error = 0;

    why[0] = '\0';
    if (!tip_is_timed(s->e->tip))
        return cannot_time(s, 0);
    for (int trial = 0; next && trial < TRIALS; trial++) {
        s->batch = next;
        s->bytes = 0;
        progress_show(&r->progress, s->e->name);
        error = try_twin(s, TWIN_BAD, &s->ns_bad, why);
        if (!error && s->ns_bad > 0)
            error = try_twin(s, TWIN_GOOD, &s->ns_good, why);
        if (error || !(s->ns_bad > 0) || !(s->ns_good > 0))
            return cannot_time(s, error);
        double slower = s->ns_bad > s->ns_good ? s->ns_bad : s->ns_good;
        next = batch_rescale(s->batch, slower, clients);
    }
    return 0;
}
