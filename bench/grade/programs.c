/* SPDX-License-Identifier: MIT */
/* programs.c - the processes of a grading.
 *
 * Each is one of the programs in the folder, which run inside the fence by themselves.  Good
 * goes first, for what it takes limits the student's.  There is no limit in seconds: what good took
 * is the unit, and good itself has more time whenever it did not get to its end. */
#include "grade/grading.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void grade_say(struct grading *g, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(g->says, sizeof g->says, format, ap);
    va_end(ap);
}

int64_t grade_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- processes --- */

int grade_run(const struct grading *g, const char *file, struct request r, struct sample *out,
              char why[CHILD_WHY])
{
    char program[512];
    struct child *c;

    snprintf(program, sizeof program, "%s/%s", g->dir, file);
    r.program = program;
    int error = child_start(&r, &c);
    return error ? error : child_finish(c, out, why);
}

enum gate grade_broken(const struct grading *g, int error, const struct sample *good,
                       const char *why)
{
    if (error) {
        fprintf(stderr, "twinbench: grade %s: %s\n", g->e->name,
                error == -EINTR ? "interrupted" : strerror(-error));
        return BROKEN;
    }
    fprintf(stderr,
            "twinbench: grade %s: not judged now: the good twin itself came out %s here: %s\n",
            g->e->name, outcome_word(good->outcome), why);
    return NOT_NOW;
}

enum gate grade_run_good(const struct grading *g, const char *file, struct request r,
                         struct sample *out, int64_t *took_ms)
{
    char why[CHILD_WHY];

    for (int i = 0; i < GRADE_TRIES; i++, r.timeout_ms *= 4) {
        int64_t start = grade_now_ms();
        int error = grade_run(g, file, r, out, why);
        *took_ms = grade_now_ms() - start;
        if (error)
            return grade_broken(g, error, NULL, NULL);
        if (out->outcome == OUTCOME_OK)
            return PASSED;
    }
    return grade_broken(g, 0, out, why);
}

uint64_t grade_memory(const struct sample *good)
{
    return GRADE_MEMORY_BYTES + GRADE_MEMORY_TIMES * (uint64_t)good->rss_peak_bytes;
}

int64_t grade_timeout(const struct grading *g, int64_t good_ms)
{
    return (int64_t)g->grace_ms + GRADE_PATIENCE * good_ms;
}

bool grade_is_late(const struct sample *student, const char *why)
{
    return student->outcome == OUTCOME_STUCK && strstr(why, "did not end within");
}

/* --- what is asked --- */

size_t grade_points(const struct grading *g)
{
    return g->points + (g->long_ops > 0 ? 2 : 0);
}

static uint64_t long_ops(const struct grading *g, size_t point)
{
    return point == g->points ? g->long_ops / 3 : g->long_ops;
}

/* A dial point's requests have numbers from a random one on, small ones at the first point and
 * up to 2^40 at the last, and in the long series. */
static uint64_t seed_at(const struct grading *g, size_t point)
{
    size_t last = g->points - 1;
    unsigned bits = 10 + (last && point < last ? 30 * (unsigned)point / (unsigned)last : 30);

    return (point >= g->points ? g->seed * 3 : g->seed) & ((UINT64_C(1) << bits) - 1);
}

struct request grade_request(const struct grading *g, enum role twin, size_t point)
{
    const struct tip *t = g->e->tip;
    struct params p = tip_params(t);

    if (point < g->points) {
        p = dial_set(p, t->dial, t->points[point]);
    } else {
        p = tip_usual(t);
        p.ops = long_ops(g, point);
    }
    p.seed = seed_at(g, point);
    return request_make(g->e, executor_c(), twin, t->dial == RATE ? KIND_RATE : KIND_COUNT, p);
}

/* Twice to four times as many requests as the tip speaks of, and 2,048 at least, but no more than
 * good serves in about a second: a number that nobody knows beforehand. */
void grade_plan_long(struct grading *g)
{
    const struct tip *t = g->e->tip;
    const struct look *last = &g->looks[g->points - 1][0];
    uint64_t seen = (uint64_t)last->good.ops, most, least = seen + seen / 2;

    if (t->dial == RATE || t->dial == WORKERS)
        return;
    if (t->dial == OPS)
        for (size_t p = 0; p < g->points; p++)
            seen = t->points[p] > seen ? t->points[p] : seen;
    most = last->good_ms > 0 ? seen * 1000 / (uint64_t)last->good_ms : seen * 1000;
    g->long_ops = (seen > 1024 ? 2 * seen : 2048);
    g->long_ops += (g->seed >> 7) % g->long_ops;
    if (g->long_ops > most)
        g->long_ops = most > least ? most : least;
}

const char *grade_where(const struct grading *g, size_t point, char to[64])
{
    const struct tip *t = g->e->tip;

    if (point < g->points)
        snprintf(to, 64, "at %s %" PRIu64, dial_name(t->dial), t->points[point]);
    else
        snprintf(to, 64, "in a series of %" PRIu64 " requests", long_ops(g, point));
    return to;
}

/* --- asking --- */

/* A good twin that was measured already, in this class, is not measured again; but its time is an
 * old one, so whatever did not end in time is asked once more beside a new one. */
static enum gate look_at_good(struct grading *g, size_t point, struct look *l)
{
    struct request r = grade_request(g, TWIN_GOOD, point);
    const struct sample *kept = &g->kept_looks[point].good;

    if (g->nlooks[point] == 1 && g->is_kept[point] && kept->ops == (int64_t)r.params.ops &&
        kept->seed == (int64_t)r.params.seed) {
        *l = g->kept_looks[point];
        return PASSED;
    }
    enum gate gate = grade_run_good(g, "good", r, &l->good, &l->good_ms);
    if (gate == PASSED) {
        g->kept_looks[point] = *l;
        g->is_kept[point] = true;
    }
    return gate;
}

/* Good first: what it takes limits the student's. */
enum gate grade_look(struct grading *g, size_t point, char why[CHILD_WHY])
{
    struct look *l = &g->looks[point][g->nlooks[point]++];
    struct request student = grade_request(g, TWIN_BAD, point);

    for (int i = 0; i < 2; i++) {
        enum gate gate = look_at_good(g, point, l);
        if (gate != PASSED)
            return gate;
        if (!student.memory_bytes) /* nor has the tip a cap of its own */
            student.memory_bytes = grade_memory(&l->good);
        student.timeout_ms = grade_timeout(g, l->good_ms);
        int error = grade_run(g, "student", student, &l->student, why);
        if (error)
            return grade_broken(g, error, NULL, NULL);
        /* A deadlock says so at once; a time limit is what load alone can break. */
        if (l->student.outcome != OUTCOME_STUCK || strstr(why, "did not end within") == NULL)
            return PASSED;
        g->is_kept[point] = false;
    }
    return PASSED;
}

/* --- what is kept --- */

void grade_keep_read(struct grading *g)
{
    char header[SAMPLE_ROW], row[SAMPLE_ROW];
    uint64_t seed = 0;
    size_t point;
    int64_t ms;
    FILE *f = g->kept ? fopen(g->kept, "re") : NULL;

    if (!f || sample_header(header, sizeof header) < 0 ||
        fscanf(f, "seed %" SCNu64 "\n", &seed) != 1)
        goto done;
    if (seed != g->seed)
        goto done;
    while (fscanf(f, "%zu %" SCNd64 " ", &point, &ms) == 2 && fgets(row, sizeof row, f)) {
        if (point >= GRADE_POINTS || sample_parse(header, row, &g->kept_looks[point].good) != 0)
            break;
        g->kept_looks[point].good_ms = ms;
        g->is_kept[point] = true;
    }
done:
    if (f)
        fclose(f);
}

/* Beside it, and renamed: several gradings may do it at once. */
void grade_keep_write(const struct grading *g)
{
    char beside[512], row[SAMPLE_ROW];

    if (!g->kept || snprintf(beside, sizeof beside, "%s.%d", g->kept, (int)getpid()) >= 512)
        return;
    FILE *f = fopen(beside, "we");
    if (!f)
        return;
    fprintf(f, "seed %" PRIu64 "\n", g->seed);
    for (size_t p = 0; p < GRADE_POINTS; p++)
        if (g->is_kept[p] && sample_row(&g->kept_looks[p].good, row, sizeof row) > 0)
            fprintf(f, "%zu %" PRId64 " %s", p, g->kept_looks[p].good_ms, row);
    if (fclose(f) == 0)
        rename(beside, g->kept);
}
