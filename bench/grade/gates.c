/* SPDX-License-Identifier: MIT */
/* gates.c - a third twin beside the good one: gates, and points for each.
 *
 * notebooks/grader has compiled the student's file, and the good twin in just the same way,
 * into programs that know one tip and answer to `one TIP bad` and `one TIP good`.  Their folder
 * is given here:
 *
 *     student, good               what is graded, and what it is measured by
 *     student-asan, good-asan     under a sanitizer, and -tsan; not there: that is not looked at
 *
 * The gates stand in a row, and the first that is not passed is the last one looked at:
 *
 *     answers   40   at every point of the dial and in a long series, for numbers nobody knows
 *     counts    40   as the good twin's, when all that can end has ended
 *     clean      0   a report of a sanitizer takes the points for the answers back
 *     time      20   relative to the good twin, in blocks; the answers are looked at here too
 *
 * So whoever leaks, answers wrong or is right by luck alone stays below 60, the pass mark.
 * What costs points must be seen twice, but for wrong answers: no load makes those.  UNSURE
 * costs nothing.  Every limit is a multiple of what the good twin took.  A tip whose twins both end
 * well and differ in no count is about time alone: there the clock has the points of the
 * counts too.
 *
 * --first is for somebody who has just saved the file and waits: the same two gates, at the first
 * points of the dial.  What they find wrong is wrong; points are given by the whole row alone.
 *
 * All of this is decided here, from waitpid() and from answers set against the good twin's, and
 * told in one record (record.c).  The counts are read inside the student's process: see
 * notebooks/GRADING.md for what that can and cannot mean. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "decide/claims.h"
#include "grade/grading.h"

#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

/* --- answers --- */

static enum outcome outcome_of(const struct look *l)
{
    if (l->student.outcome == OUTCOME_OK && l->student.answer != l->good.answer)
        return OUTCOME_WRONG;
    return l->student.outcome;
}

/* Does the student answer the first so many requests of that point wrong? */
static enum gate try_first(const struct grading *g, size_t point, uint64_t ops, bool *wrong)
{
    struct request good = grade_request(g, TWIN_GOOD, point), r = grade_request(g, TWIN_BAD, point);
    struct look l;
    char why[CHILD_WHY];

    good.params.ops = r.params.ops = ops;
    enum gate gate = grade_run_good(g, "good", good, &l.good, &l.good_ms);
    if (gate != PASSED)
        return gate;
    if (!r.memory_bytes)
        r.memory_bytes = grade_memory(&l.good);
    r.timeout_ms = grade_timeout(g, l.good_ms);
    int error = grade_run(g, "student", r, &l.student, why);
    *wrong = outcome_of(&l) != OUTCOME_OK;
    return error ? grade_broken(g, error, NULL, why) : PASSED;
}

/* The first request that is answered wrong is the last one of the shortest series that is.  Added
 * to what was said. */
static enum gate say_first_wrong(struct grading *g, size_t point)
{
    const struct sample *s = &g->looks[point][0].student;
    uint64_t right = 0, wrong = (uint64_t)s->ops;

    while (wrong - right > 1) {
        uint64_t ops = right + (wrong - right) / 2;
        bool is_wrong;
        enum gate gate = try_first(g, point, ops, &is_wrong);
        if (gate != PASSED)
            return gate;
        *(is_wrong ? &wrong : &right) = ops;
    }
    size_t n = strlen(g->says);
    snprintf(g->says + n, sizeof g->says - n, ", first to number %" PRIu64,
             (uint64_t)s->seed + wrong - 1);
    return PASSED;
}

static void say_ending(struct grading *g, enum outcome outcome, size_t point, const char *why)
{
    const struct sample *s = &g->looks[point][0].student;
    char where[64];

    grade_where(g, point, where);
    if (outcome == OUTCOME_WRONG)
        grade_say(g, "wrong answers to the %" PRId64 " requests from number %" PRId64 " on, %s",
                  s->ops, s->seed, where);
    else
        grade_say(g, "%s %s: %s", outcome_word(outcome), where, why);
}

/* A process that died, panicked, got stuck or answered wrong may have done so because of what it
 * did long before; a sanitizer ends it there, and says where. */
static enum gate ask_why(struct grading *g, enum outcome outcome)
{
    char died[GRADE_SAYS];

    memcpy(died, g->says, sizeof died);
    enum gate gate = grade_clean(g);
    if (gate == BROKEN || gate == NOT_NOW)
        return gate;
    if (gate == STOPPED && (outcome == OUTCOME_DIES || g->reported)) {
        size_t n = strnlen(died, sizeof died / 2);
        memmove(g->says + n + 2, g->says, sizeof g->says - n - 2);
        memcpy(g->says, died, n);
        memcpy(g->says + n, "; ", 2);
        g->says[sizeof g->says - 1] = '\0';
    } else {
        memcpy(g->says, died, sizeof died);
    }
    return STOPPED;
}

static enum gate grade_answers(struct grading *g, int *points)
{
    for (size_t p = 0; p < grade_points(g); p++) {
        char why[CHILD_WHY];
        enum gate gate = grade_look(g, p, why);
        if (gate != PASSED)
            return gate;
        enum outcome outcome = outcome_of(&g->looks[p][0]);
        if (outcome == OUTCOME_OK) {
            if (p + 1 == g->points)
                grade_plan_long(g);
            continue;
        }
        *points = (int)((GRADE_ANSWERS - 1) * p / (g->points + 2));
        say_ending(g, outcome, p, why);
        if (outcome == OUTCOME_WRONG && g->e->tip->dial != RATE && !g->first)
            gate = say_first_wrong(g, p);
        if (gate != PASSED)
            return gate;
        return grade_is_late(&g->looks[p][0].student, why) ? STOPPED : ask_why(g, outcome);
    }
    *points = GRADE_ANSWERS;
    int n = snprintf(g->says, sizeof g->says, "right at %s %zu points of the dial",
                     g->first ? "the first" : "all", g->points);
    if (g->long_ops)
        snprintf(g->says + n, sizeof g->says - (size_t)n,
                 " and in a series of %" PRIu64 " requests", g->long_ops);
    return PASSED;
}

/* --- the command --- */

static enum gate tell(const struct grading *g, struct record *r, const char *name, enum gate gate,
                      int points, int of)
{
    if (gate == PASSED || gate == STOPPED)
        record_gate(r, g, name, gate == PASSED, points, of);
    return gate;
}

static enum gate grade(struct grading *g, struct record *r)
{
    int points = 0;
    enum gate gate = grade_answers(g, &points);

    if (tell(g, r, "answers", gate, points, GRADE_ANSWERS) != PASSED)
        return gate;
    gate = grade_bad(g);
    if (gate != PASSED)
        return gate;
    bool about_time = tip_end(g->e->tip, TWIN_BAD) == IS_OK && grade_telling(g) == 0;
    int counts = about_time ? 0 : GRADE_COUNTS, clock = GRADE_TIME + GRADE_COUNTS - counts;
    gate = grade_counts(g, counts, &points);
    if (tell(g, r, "counts", gate, points, counts) != PASSED || g->first)
        return gate;
    gate = grade_clean(g);
    g->takes = gate == STOPPED ? "answers" : NULL; /* right by luck is not right */
    if (tell(g, r, "clean", gate, 0, 0) != PASSED)
        return gate;
    gate = grade_time(g, clock, &points);
    return tell(g, r, "time", gate, points, clock);
}

static int grade_to(struct grading *g, int fd)
{
    struct record *r = record_make(fd);

    if (!r) {
        fprintf(stderr, "twinbench: grade: --result-fd %d is no descriptor\n", fd);
        return 1;
    }
    grade_kept_read(g);
    enum gate gate = grade(g, r);
    grade_kept_write(g);
    int error = record_end(r);
    if (error)
        fprintf(stderr, "twinbench: grade: the result: %s\n", strerror(-error));
    return gate == NOT_NOW ? 3 : gate == BROKEN || error;
}

int cmd_grade(int argc, char **argv)
{
    static struct grading g = { .grace_ms = 5000 };
    uint64_t fd = NOT_GIVEN;
    const struct arg flags[] = {
        { "--seed", ARG_NUMBER, &g.seed, 0, INT64_MAX, "where the requests' numbers begin" },
        { "--untimed", ARG_FLAG, &g.untimed, 0, 0, "take the time for granted" },
        { "--first", ARG_FLAG, &g.first, 0, 0, "answers and counts, at the first points only" },
        { "--grace", ARG_NUMBER, &g.grace_ms, 1, 600000, "ms that a process may have on top" },
        { "--kept", ARG_WORD, &g.kept, 0, 0, "file: what was measured of good with this seed" },
        { "--result-fd", ARG_NUMBER, &fd, 3, 1000000, "write the result there, as JSON" },
    };
    const char *words[2];
    const struct args args = { "grade TIP FOLDER [flags]",
                               "Set a student's programs, as notebooks/grader has built them, "
                               "beside the good twin's.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               2,
                               2 };

    if (getrandom(&g.seed, sizeof g.seed, 0) < 0)
        g.seed = (uint64_t)child_now_ms();
    g.seed &= INT64_MAX;
    int n = args_parse(&args, argc, argv);
    if (n < 0)
        return args_status(n);
    g.e = args_tip(words[0]);
    if (!g.e)
        return 2;
    g.dir = words[1];
    g.points = tip_points(g.e->tip);
    if (g.first && g.points > GRADE_FIRST)
        g.points = GRADE_FIRST;
    child_catch_signals();
    return grade_to(&g, fd == NOT_GIVEN ? -1 : (int)fd);
}
