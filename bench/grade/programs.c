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
#include <sys/wait.h>
#include <unistd.h>

void grade_say(struct grading *g, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(g->says, sizeof g->says, format, ap);
    va_end(ap);
}

/* --- processes --- */

/* SIGKILL: a twin cannot send it, so it came from outside, of a machine without memory, or of a
 * person. */
static bool was_killed(const struct sample *s, const char *why)
{
    return s->outcome == OUTCOME_DIES && strncmp(why, CHILD_KILLED, strlen(CHILD_KILLED)) == 0;
}

/* Its fence could not be set up: bubblewrap says so, the shell that joins a control group, or the
 * program itself, before the first line of the twin.  A twin can say the same words, but it has no
 * way to end with such a status. */
static bool was_not_fenced(int status, const char *why)
{
    static const struct {
        int status;
        const char *words;
    } ends[] = {
        { 1, "bwrap: " },
        { 96, "sh: " },                             /* groups.py */
        { 97, "twinbench: the twin is not run: " }, /* confined_main.c */
    };

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (WIFEXITED(status) && WEXITSTATUS(status) == ends[i].status &&
            strncmp(why, ends[i].words, strlen(ends[i].words)) == 0)
            return true;
    return false;
}

int grade_run(const struct grading *g, const char *file, struct request r, struct sample *out,
              char why[CHILD_WHY])
{
    char program[512];
    int status = 0;

    snprintf(program, sizeof program, "%s/%s", g->dir, file);
    r.program = program;
    r.status = &status;
    for (int i = 0; i < GRADE_TRIES; i++) {
        /* Where there was no room for it, those of the last process may be on their way out. */
        if (i > 0)
            usleep(100000 << (2 * i));
        struct child *c;
        int error = child_start(&r, &c);
        if (!error)
            error = child_finish(c, out, why);
        if (error)
            snprintf(why, CHILD_WHY, "%s", strerror(-error));
        if (error || !(was_killed(out, why) || was_not_fenced(status, why)))
            return error;
    }
    return -EAGAIN;
}

enum gate grade_broken(const struct grading *g, int error, const struct sample *good,
                       const char *why)
{
    if (error == -EAGAIN || error == -ENOSPC) {
        fprintf(stderr, "twinbench: grade %s: not judged now: ", g->e->name);
        if (error == -EAGAIN)
            fprintf(stderr, "its processes are killed from outside, or find no fence: %s\n",
                    why ? why : strerror(EAGAIN));
        else
            fprintf(stderr, "the disk is full where a sanitizer reports\n");
        return NOT_NOW;
    }
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
        int64_t start = child_now_ms();
        int error = grade_run(g, file, r, out, why);
        *took_ms = child_now_ms() - start;
        if (error)
            return grade_broken(g, error, NULL, why);
        if (out->outcome == OUTCOME_OK)
            return PASSED;
    }
    return grade_broken(g, 0, out, why);
}

enum gate grade_know_good(struct grading *g, const char *file, struct request r, bool again,
                          struct sample *out, int64_t *took_ms)
{
    if (!again && grade_kept_find(file, &r, out, took_ms))
        return PASSED;
    enum gate gate = grade_run_good(g, file, r, out, took_ms);
    if (gate == PASSED)
        grade_kept_add(file, &r, out, *took_ms);
    return gate;
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
 * good serves in about a second: a number that nobody knows beforehand.  However busy the machine
 * is, 32 are served, so that one of eight is among them. */
void grade_plan_long(struct grading *g)
{
    const struct tip *t = g->e->tip;
    const struct look *last = &g->looks[g->points - 1][0];
    uint64_t seen = (uint64_t)last->good.ops, most, least = seen > 20 ? seen + seen / 2 : 32;

    if (g->first || t->dial == RATE || t->dial == WORKERS)
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

/* Good first: what it takes limits the student's. */
enum gate grade_look(struct grading *g, size_t point, char why[CHILD_WHY])
{
    struct look *l = &g->looks[point][g->nlooks[point]++];
    struct request student = grade_request(g, TWIN_BAD, point);

    for (int i = 0; i < (g->first ? 1 : 2); i++) {
        bool again = i > 0 || g->nlooks[point] > 1;
        enum gate gate = grade_know_good(g, "good", grade_request(g, TWIN_GOOD, point), again,
                                         &l->good, &l->good_ms);
        if (gate != PASSED)
            return gate;
        if (!student.memory_bytes) /* nor has the tip a cap of its own */
            student.memory_bytes = grade_memory(&l->good);
        student.timeout_ms = grade_timeout(g, l->good_ms);
        int error = grade_run(g, "student", student, &l->student, why);
        if (error)
            return grade_broken(g, error, NULL, why);
        /* A deadlock says so at once; a time limit is what load alone can break. */
        if (l->student.outcome != OUTCOME_STUCK || strstr(why, "did not end within") == NULL)
            return PASSED;
    }
    return PASSED;
}
