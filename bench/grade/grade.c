/* SPDX-License-Identifier: MIT */
/* grade.c - a third twin beside the good one: gates, and points for each.
 *
 * notebooks/grade.py has compiled the student's file, and the good twin in just the same way,
 * into programs that know one tip and answer to `one TIP bad` and `one TIP good`.  Their folder
 * is given here:
 *
 *     student, good               what is graded, and what it is measured by
 *     student-asan, student-tsan  under a sanitizer; not there: that is not looked at
 *
 * The gates stand in a row, and the first that is not passed is the last one looked at:
 *
 *     answers   40   at every point of the dial, for numbers nobody knows beforehand
 *     counts    40   as the good twin's, when all that can end has ended
 *     clean      0   a report of a sanitizer takes the points for the answers back
 *     time      20   relative to the good twin, in blocks
 *
 * So whoever leaks, answers wrong or is right by luck alone stays below 60, the pass mark.
 * What costs points must be seen twice, but for wrong answers: no load makes those.  UNSURE
 * costs nothing.  Every limit is a multiple of what the good twin took.  A tip whose twins both end
 * well and differ in no count is about time alone: there the clock has the points of the
 * counts too.
 *
 * All of this is decided here, from waitpid() and from answers set against the good twin's.
 * The counts are read inside the student's process: see notebooks/GRADING.md for what
 * that can and cannot mean. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "decide/claims.h"
#include "grade/grade.h"

#include <inttypes.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { TOOL_MS = 60000 }; /* a sanitizer that takes longer has seen nothing */

/* --- answers --- */

static enum outcome outcome_of(const struct look *l)
{
    if (l->student.outcome == OUTCOME_OK && l->student.answer != l->good.answer)
        return OUTCOME_WRONG;
    return l->student.outcome;
}

/* A time limit is the one thing that load alone can break. */
static enum gate look_for_answers(struct grading *g, size_t point, char why[CHILD_WHY])
{
    enum gate gate = grade_look(g, point, why);

    if (gate == PASSED && g->looks[point][0].student.outcome == OUTCOME_STUCK) {
        g->nlooks[point] = 0;
        gate = grade_look(g, point, why);
    }
    return gate;
}

static void say_ending(struct grading *g, enum outcome outcome, size_t point, const char *why)
{
    const struct tip *t = g->e->tip;
    const struct sample *s = &g->looks[point][0].student;

    if (outcome == OUTCOME_WRONG)
        grade_say(g,
                  "wrong answers to the %" PRId64 " requests from number %" PRId64
                  " on, at %s %" PRIu64,
                  s->ops, s->seed, dial_name(t->dial), t->points[point]);
    else
        grade_say(g, "%s at %s %" PRIu64 ": %s", outcome_word(outcome), dial_name(t->dial),
                  t->points[point], why);
}

static enum gate grade_answers(struct grading *g, int *points)
{
    for (size_t p = 0; p < g->points; p++) {
        char why[CHILD_WHY];
        if (look_for_answers(g, p, why) == BROKEN)
            return BROKEN;
        enum outcome outcome = outcome_of(&g->looks[p][0]);
        if (outcome == OUTCOME_OK)
            continue;
        *points = (int)((GRADE_ANSWERS - 1) * p / g->points);
        say_ending(g, outcome, p, why);
        return STOPPED;
    }
    *points = GRADE_ANSWERS;
    grade_say(g, "right at all %zu points of the dial", g->points);
    return PASSED;
}

/* --- sanitizers --- */

/* The line of a report that says what it is about, into g->says.  false: there is none. */
static bool find_report(struct grading *g, const char *said_path)
{
    FILE *f = fopen(said_path, "r");
    char line[1024];
    bool found = false;

    while (f && !found && fgets(line, sizeof line, f)) {
        const char *at = strstr(line, "SUMMARY: ");
        at = at ? at + strlen("SUMMARY: ") : strstr(line, "runtime error: ");
        found = at != NULL;
        if (found)
            grade_say(g, "%.*s", (int)strcspn(at, "\n"), at);
    }
    if (f)
        fclose(f);
    return found;
}

/* A race is seen where many tasks do the same on two workers: with 64 requests of 4 clients in
 * two runs of six, with 256 of 16 in all. */
static struct request request_for_tool(const struct grading *g)
{
    const struct tip *t = g->e->tip;
    struct request r = grade_request(g, TWIN_BAD, t->dial == OPS ? g->points - 1 : g->points / 2);

    if (t->dial != RATE)
        r.params.ops = t->dial == OPS && r.params.ops > 1024 ? 1024 : 256;
    if (t->dial != CLIENTS)
        r.params.clients = 16;
    if (t->gc)
        r.params.heap = HEAP_GLIBC; /* no sanitizer follows what the collector does with stacks */
    r.params.workers = 2;
    r.memory_bytes = 0;
    r.timeout_ms = TOOL_MS;
    return r;
}

/* The sanitizers that there are programs for; says what they looked for in vain. */
static enum gate grade_clean(struct grading *g)
{
    static const char *const tools[] = { "asan", "tsan" };
    static const char *const names[] = { "memory errors", "data races" };
    char seen[64] = "";

    for (size_t i = 0; i < 2; i++) {
        char file[32], path[512], said[512], why[CHILD_WHY];
        struct request r = request_for_tool(g);
        struct sample s;
        snprintf(file, sizeof file, "student-%s", tools[i]);
        snprintf(path, sizeof path, "%s/%s", g->dir, file);
        snprintf(said, sizeof said, "%s/said", g->dir);
        if (access(path, X_OK) != 0)
            continue;
        r.said_path = said;
        int error = grade_run(g, file, r, &s, why);
        if (error)
            return grade_broken(g, error, NULL, NULL);
        if (s.outcome != OUTCOME_OK && find_report(g, said))
            return STOPPED;
        if (s.outcome == OUTCOME_OK)
            snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%sno %s", *seen ? ", " : "",
                     names[i]);
    }
    grade_say(g, "%s", *seen ? seen : "not looked at: no sanitizer serves for this tip here");
    return PASSED;
}

/* --- the command --- */

/* For grade.py, one line a gate.  The same result again. */
static enum gate tell(const struct grading *g, const char *name, enum gate gate, int points, int of)
{
    if (gate != BROKEN)
        printf("%s\t%s\t%d\t%d\t%s\n", name, gate == PASSED ? "passed" : "stopped", points, of,
               g->says);
    fflush(stdout);
    return gate;
}

static enum gate grade(struct grading *g)
{
    int points = 0;
    enum gate gate = grade_answers(g, &points);

    if (tell(g, "answers", gate, points, GRADE_ANSWERS) != PASSED)
        return gate;
    if (grade_bad(g) == BROKEN)
        return BROKEN;
    bool about_time = tip_end(g->e->tip, TWIN_BAD) == IS_OK && grade_telling(g) == 0;
    int counts = about_time ? 0 : GRADE_COUNTS, clock = GRADE_TIME + GRADE_COUNTS - counts;
    gate = grade_counts(g, counts, &points);
    if (tell(g, "counts", gate, points, counts) != PASSED)
        return gate;
    gate = grade_clean(g);
    if (tell(g, "clean", gate, 0, 0) != PASSED)
        return gate;
    gate = grade_time(g, clock, &points);
    return tell(g, "time", gate, points, clock);
}

int cmd_grade(int argc, char **argv)
{
    static struct grading g = { .grace_ms = 5000 };
    const struct arg flags[] = {
        { "--seed", ARG_NUMBER, &g.seed, 0, INT64_MAX, "where the requests' numbers begin" },
        { "--untimed", ARG_FLAG, &g.untimed, 0, 0, "take the time for granted" },
        { "--grace", ARG_NUMBER, &g.grace_ms, 1, 600000, "ms that a process may have on top" },
    };
    const char *words[2];
    const struct args args = { "grade TIP FOLDER [flags]",
                               "Set a student's programs, as notebooks/grade.py has built them, "
                               "beside the good twin's.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               2,
                               2 };

    if (getrandom(&g.seed, sizeof g.seed, 0) < 0)
        g.seed = (uint64_t)grade_now_ms();
    int n = args_parse(&args, argc, argv);
    if (n < 0)
        return args_status(n);
    g.e = args_tip(words[0]);
    if (!g.e)
        return 2;
    g.dir = words[1];
    g.points = tip_points(g.e->tip);
    child_catch_signals();
    return grade(&g) == BROKEN;
}
