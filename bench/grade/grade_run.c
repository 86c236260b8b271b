/* SPDX-License-Identifier: MIT */
/* grade_run.c - the processes of a grading.
 *
 * Each is one of the programs in the folder, which run inside the sandbox by themselves.  Good
 * goes first, for what it takes limits the student's. */
#include "grade/grade.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

void grade_say(struct grading *g, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(g->says, sizeof g->says, format, ap);
    va_end(ap);
}

/* --- processes --- */

int64_t grade_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A process of that file, labelled as the twin that it stands for. */
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

/* A dial point's requests have numbers from a random one on, small ones at the first point and
 * up to 2^40 at the last. */
static uint64_t seed_at(const struct grading *g, size_t point)
{
    size_t last = g->points - 1;
    unsigned bits = 10 + (last ? 30 * (unsigned)point / (unsigned)last : 30);

    return g->seed & ((UINT64_C(1) << bits) - 1);
}

struct request grade_request(const struct grading *g, enum role twin, size_t point)
{
    const struct tip *t = g->e->tip;
    struct params p = dial_set(tip_params(t), t->dial, t->points[point]);

    p.seed = seed_at(g, point);
    return request_make(g->e, executor_c(), twin, t->dial == RATE ? KIND_RATE : KIND_COUNT, p);
}

uint64_t grade_memory(const struct sample *good)
{
    return GRADE_MEMORY_BYTES + GRADE_MEMORY_TIMES * (uint64_t)good->rss_peak_bytes;
}

enum gate grade_broken(const struct grading *g, int error, const struct sample *good,
                       const char *why)
{
    if (error)
        fprintf(stderr, "twinbench: grade %s: %s\n", g->e->name,
                error == -EINTR ? "interrupted" : strerror(-error));
    else
        fprintf(stderr,
                "twinbench: grade %s: nothing is graded, for the good twin itself came out "
                "%s here: %s\n",
                g->e->name, outcome_word(good->outcome), why);
    return BROKEN;
}

/* Good first: what it takes limits the student's.  why is about the student's. */
static enum gate look_once(struct grading *g, struct request student, struct request good,
                           struct look *l, char why[CHILD_WHY])
{
    int64_t start = grade_now_ms();
    int error = grade_run(g, "good", good, &l->good, why);

    if (error || l->good.outcome != OUTCOME_OK)
        return grade_broken(g, error, &l->good, why);
    if (!student.memory_bytes) /* nor has the tip a cap of its own */
        student.memory_bytes = grade_memory(&l->good);
    student.timeout_ms = (int64_t)g->grace_ms + GRADE_PATIENCE * (grade_now_ms() - start);
    error = grade_run(g, "student", student, &l->student, why);
    return error ? grade_broken(g, error, NULL, NULL) : PASSED;
}

enum gate grade_look(struct grading *g, size_t point, char why[CHILD_WHY])
{
    return look_once(g, grade_request(g, TWIN_BAD, point), grade_request(g, TWIN_GOOD, point),
                     &g->looks[point][g->nlooks[point]++], why);
}
