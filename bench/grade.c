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
 * costs nothing.  Every limit is a multiple of what the good twin took.
 *
 * Which counts matter follows from the twins and not from a list: where bad and good differ
 * in a column that the tip claims something about, that column tells; in the others the
 * student's twin must do as both do.  A tip whose twins differ in no count and both end well is about
 * time alone: there the clock has the points of the counts too.
 *
 * All of this is decided here, from waitpid() and from answers set against the good twin's.
 * The counts are read inside the student's process: see notebooks/TEACHING.md for what
 * that can and cannot mean. */
#include "args.h"
#include "child.h"
#include "commands.h"
#include "judge_time.h"
#include "plan.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum {
    ANSWERS = 40, COUNTS = 40, TIME = 20,
    PATIENCE = 20,              /* times what good took, and the grace on top */
    TOOL_MS = 60000,            /* a sanitizer that takes longer has seen nothing */
    MEMORY_BYTES = 1 << 30,     /* address space; the greediest good twin takes a quarter */
    SERIES = 2,                 /* of blocks that must agree before a point is lost */
    SAYS = 400,
};

/* One process of each twin, with one request between them. */
struct look {
    struct sample student, good;
};

struct grading {
    const struct entry *e;
    const char *dir;
    uint64_t seed, grace_ms;
    bool untimed;
    size_t points;                              /* of the dial */
    struct look looks[MAX_POINTS][COUNT_RUNS];  /* the first one always, the others on demand */
    size_t nlooks[MAX_POINTS];
    struct sample bad;                          /* at the last point, if it is said to end well */
    bool has_bad;
    char says[SAYS];                            /* about the gate at hand */
};

/* What became of a gate.  BROKEN: the world failed, or the good twin, and it has been said. */
enum gate { PASSED, STOPPED, BROKEN };

static void say(struct grading *g, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct grading *g, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(g->says, sizeof g->says, format, ap);
    va_end(ap);
}

/* --- processes --- */

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void path_of(const struct grading *g, const char *file, char path[512])
{
    snprintf(path, 512, "%s/%s", g->dir, file);
}

/* A process of that file, labelled as the twin that it stands for. */
static int run(const struct grading *g, const char *file, struct request r, struct sample *out,
               char why[CHILD_WHY])
{
    char program[512];
    struct child *c;

    path_of(g, file, program);
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

static struct request request_at(const struct grading *g, const char *twin, size_t point)
{
    const struct tip *t = g->e->tip;
    struct params p = dial_set(tip_params(t), t->dial, t->points[point]);

    p.seed = seed_at(g, point);
    struct request r = plan_request(g->e, twin, t->dial == RATE ? "rate" : "count", p);
    if (!r.memory_bytes)
        r.memory_bytes = MEMORY_BYTES;
    return r;
}

static int broken(const struct grading *g, int error, const struct sample *good, const char *why)
{
    if (error)
        fprintf(stderr, "twinbench: grade %s: %s\n", g->e->name,
                error == -EINTR ? "interrupted" : strerror(-error));
    else
        fprintf(stderr, "twinbench: grade %s: nothing is graded, for the good twin itself came out "
                "%s here: %s\n", g->e->name, good->outcome, why);
    return BROKEN;
}

/* Good first: what it takes limits the student's.  why is about the student's. */
static enum gate look_once(struct grading *g, struct request student, struct request good,
                           struct look *l, char why[CHILD_WHY])
{
    int64_t start = now_ms();
    int error = run(g, "good", good, &l->good, why);

    if (error || strcmp(l->good.outcome, "OK") != 0)
        return broken(g, error, &l->good, why);
    student.timeout_ms = (int64_t)g->grace_ms + PATIENCE * (now_ms() - start);
    error = run(g, "student", student, &l->student, why);
    return error ? broken(g, error, NULL, NULL) : PASSED;
}

static enum gate look_at(struct grading *g, size_t point, char why[CHILD_WHY])
{
    return look_once(g, request_at(g, "bad", point), request_at(g, "good", point),
                     &g->looks[point][g->nlooks[point]++], why);
}

/* --- answers --- */

static const char *outcome_of(const struct look *l)
{
    if (strcmp(l->student.outcome, "OK") == 0 && l->student.answer != l->good.answer)
        return "WRONG";
    return l->student.outcome;
}

/* A time limit is the one thing that load alone can break. */
static enum gate look_for_answers(struct grading *g, size_t point, char why[CHILD_WHY])
{
    enum gate gate = look_at(g, point, why);

    if (gate == PASSED && strcmp(g->looks[point][0].student.outcome, "STUCK") == 0) {
        g->nlooks[point] = 0;
        gate = look_at(g, point, why);
    }
    return gate;
}

static void say_ending(struct grading *g, const char *outcome, size_t point, const char *why)
{
    const struct tip *t = g->e->tip;
    const struct sample *s = &g->looks[point][0].student;

    if (strcmp(outcome, "WRONG") == 0)
        say(g, "wrong answers to the %" PRId64 " requests from number %" PRId64 " on, at %s %" PRIu64,
            s->ops, s->seed, dial_name(t->dial), t->points[point]);
    else
        say(g, "%s at %s %" PRIu64 ": %s", outcome, dial_name(t->dial), t->points[point], why);
}

static enum gate grade_answers(struct grading *g, int *points)
{
    for (size_t p = 0; p < g->points; p++) {
        char why[CHILD_WHY];
        if (look_for_answers(g, p, why) == BROKEN)
            return BROKEN;
        const char *outcome = outcome_of(&g->looks[p][0]);
        if (strcmp(outcome, "OK") == 0)
            continue;
        *points = (int)((ANSWERS - 1) * p / g->points);
        say_ending(g, outcome, p, why);
        return STOPPED;
    }
    *points = ANSWERS;
    say(g, "right at all %zu points of the dial", g->points);
    return PASSED;
}

/* --- counts --- */

enum part { NO_PART, TELLS, ALIKE, WORK };

/* Whatever the tip claims, this may not be left over ... */
static const char *const leftovers[] = { "tasks", "timers", "contexts", "channels", "phantoms",
                                         "idle_bytes", NULL };
/* ... and this is the work: where good does some, a twin that does none has left it out. */
static const char *const works[] = { "tasks_started", "timers_started", "channels_made", NULL };

static bool is_among(const char *name, const char *const *names)
{
    while (*names && strcmp(name, *names) != 0)
        names++;
    return *names != NULL;
}

/* Bounded counts may differ by the factor and the handful that judge.c calls flat. */
static bool exceeds(const struct column *c, double a, double b)
{
    return c->kind == EXACT ? a > b : a > 2 * b + 8;
}

static bool differ(const struct column *c, double a, double b)
{
    return exceeds(c, a, b) || exceeds(c, b, a);
}

static const struct sample *good_at_last(const struct grading *g)
{
    return &g->looks[g->points - 1][0].good;
}

static enum part part_of(const struct grading *g, const struct column *c)
{
    if ((c->kind != EXACT && c->kind != BOUNDED) || strcmp(c->name, "answer") == 0)
        return NO_PART;
    if (!plan_claims(g->e->tip, c->name) && !is_among(c->name, leftovers))
        return is_among(c->name, works) ? WORK : NO_PART;
    if (g->has_bad && differ(c, column_value(c, &g->bad), column_value(c, good_at_last(g))))
        return TELLS;
    return ALIKE;
}

/* Is the student's count off?  Where the column tells, it may not lie on bad's side of good's;
 * nor may what the tip is about have been left out with the work. */
static bool is_off(const struct grading *g, const struct column *c, const struct look *l)
{
    double student = column_value(c, &l->student), good = column_value(c, &l->good);
    bool none = is_among(c->name, works) && good > 0 && student == 0;

    switch (part_of(g, c)) {
    case NO_PART:
        return false;
    case WORK:
        return none;
    case ALIKE:
        return none || differ(c, student, good);
    case TELLS:
        return none || (column_value(c, &g->bad) > column_value(c, good_at_last(g))
                            ? exceeds(c, student, good) : exceeds(c, good, student));
    }
    return false;
}

/* In most of the processes at this point. */
static bool is_mostly_off(const struct grading *g, const struct column *c, size_t point)
{
    size_t off = 0;

    for (size_t k = 0; k < g->nlooks[point]; k++)
        off += is_off(g, c, &g->looks[point][k]);
    return 2 * off > g->nlooks[point];
}

/* The first point at which the count is off; g->points: none. */
static size_t first_off(const struct grading *g, const struct column *c)
{
    size_t p = 0;

    while (p < g->points && !is_mostly_off(g, c, p))
        p++;
    return p;
}

static bool any_off(const struct grading *g, size_t point)
{
    for (size_t i = 0; i < ncolumns; i++)
        if (is_off(g, &columns[i], &g->looks[point][0]))
            return true;
    return false;
}

/* Where something is off, the point is looked at twice more. */
static enum gate look_again(struct grading *g)
{
    for (size_t p = 0; p < g->points; p++)
        while (any_off(g, p) && g->nlooks[p] < COUNT_RUNS) {
            char why[CHILD_WHY];
            if (look_at(g, p, why) == BROKEN)
                return BROKEN;
        }
    return PASSED;
}

static void say_off(struct grading *g, const struct column *c, size_t point)
{
    const struct tip *t = g->e->tip;
    const struct look *l = &g->looks[point][0];
    size_t so_far = strlen(g->says);

    snprintf(g->says + so_far, SAYS - so_far, "%s%s %.0f, good has %.0f (%s) at %s %" PRIu64,
             so_far ? "; " : "", c->name, column_value(c, &l->student), column_value(c, &l->good),
             c->text, dial_name(t->dial), t->points[point]);
}

/* How many columns tell; and how many there are and are met, of those and of what is off. */
struct tally {
    size_t telling, of, met;
};

static struct tally count_columns(struct grading *g)
{
    struct tally t = { 0 };

    g->says[0] = '\0';
    for (size_t i = 0; i < ncolumns; i++) {
        const struct column *c = &columns[i];
        size_t point = first_off(g, c);
        bool tells = part_of(g, c) == TELLS, off = point < g->points;
        t.telling += tells;
        t.of += tells || off;
        t.met += tells && !off;
        if (off)
            say_off(g, c, point);
    }
    return t;
}

/* Bad's own counts say which columns tell.  A twin that is said to end badly has none. */
static enum gate look_at_bad(struct grading *g)
{
    struct request r = request_at(g, "bad", g->points - 1);
    enum expect end = plan_end(g->e->tip, "bad");

    if (end != IS_OK && end != IS_WRONG)
        return PASSED;
    r.memory_bytes = 0;
    int error = child_sample(&r, &g->bad);
    if (error || strcmp(g->bad.outcome, "OK") != 0)
        return broken(g, error, &g->bad, "that was the bad twin");
    g->has_bad = true;
    return PASSED;
}

static enum gate grade_counts(struct grading *g, int most, int *points)
{
    if (look_again(g) == BROKEN)
        return BROKEN;
    struct tally t = count_columns(g);
    if (t.met < t.of) {
        *points = (int)((COUNTS / 2 - 1) * t.met / t.of);
        return STOPPED;
    }
    *points = most;
    say(g, "as the good twin's%s", t.of ? ", also where the bad one's differ" : "");
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
            say(g, "%.*s", (int)strcspn(at, "\n"), at);
    }
    if (f)
        fclose(f);
    return found;
}

/* A race is seen where many tasks do the same on two workers: with 64 requests of 4 clients in two runs of
 * six, with 256 of 16 in all. */
static struct request request_for_tool(const struct grading *g)
{
    const struct tip *t = g->e->tip;
    struct request r = request_at(g, "bad", t->dial == OPS ? g->points - 1 : g->points / 2);

    if (t->dial != RATE)
        r.params.ops = t->dial == OPS && r.params.ops > 1024 ? 1024 : r.params.ops < 256 ? 256 : r.params.ops;
    if (t->dial != CLIENTS)
        r.params.clients = 16;
    r.params.workers = 2;
    r.memory_bytes = 0;
    r.timeout_ms = TOOL_MS;
    return r;
}

/* The sanitizers that there are programs for; *seen names those that had nothing to report. */
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
        path_of(g, file, path);
        path_of(g, "said", said);
        if (access(path, X_OK) != 0)
            continue;
        r.said_path = said;
        int error = run(g, file, r, &s, why);
        if (error)
            return broken(g, error, NULL, NULL);
        if (strcmp(s.outcome, "OK") != 0 && find_report(g, said))
            return STOPPED;
        if (strcmp(s.outcome, "OK") == 0)
            snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%sno %s", *seen ? ", " : "",
                     names[i]);
    }
    say(g, "%s", *seen ? seen : "not looked at: no sanitizer serves for this tip here");
    return PASSED;
}

/* --- time --- */

struct timing {
    struct params p;
    int64_t good_ms; /* what a process of good took, to its end */
    struct timed timed;
    struct decision decision;
    struct rule rule;
};

/* One timed process of either twin. */
static int run_timed(const struct grading *g, const struct timing *t, bool good, struct sample *out,
                     char why[CHILD_WHY])
{
    struct request r = plan_request(g->e, good ? "good" : "bad", "time", t->p);

    if (!good)
        r.timeout_ms = (int64_t)g->grace_ms + PATIENCE * t->good_ms;
    if (!r.memory_bytes)
        r.memory_bytes = MEMORY_BYTES;
    return run(g, good ? "good" : "student", r, out, why);
}

/* How many requests make a batch, by good alone: the student's twin may take what it will. */
static enum gate calibrate(struct grading *g, struct timing *t)
{
    uint64_t next = t->p.clients;

    for (int trial = 0; next && trial < 6; trial++) {
        char why[CHILD_WHY];
        struct sample s;
        int64_t start = now_ms();
        t->p.ops = next;
        int error = run_timed(g, t, true, &s, why);
        if (error || strcmp(s.outcome, "OK") != 0)
            return broken(g, error, &s, why);
        t->good_ms = now_ms() - start;
        next = plan_rescale(t->p.ops, s.wall_ns, t->p.clients);
    }
    return PASSED;
}

/* STOPPED: a process of the student's did not come out OK. */
static enum gate run_block(struct grading *g, const struct timing *t, size_t block,
                           struct sample samples[BLOCK_SLOTS])
{
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        bool good = block_side(block, slot);
        char why[CHILD_WHY];
        int error = run_timed(g, t, good, &samples[slot], why);
        samples[slot].block = (int64_t)block;
        samples[slot].slot = (int64_t)slot;
        bool ok = !error && strcmp(samples[slot].outcome, "OK") == 0;
        if (error || (good && !ok))
            return broken(g, error, &samples[slot], why);
        if (!ok)
            return STOPPED;
    }
    return PASSED;
}

/* Blocks up to the look that settles it. */
static enum gate run_series(struct grading *g, struct timing *t)
{
    struct sample samples[DECIDE_MAX * BLOCK_SLOTS];
    size_t block = 0;

    for (int look = 0; look < LOOKS; look++) {
        for (; block < t->rule.looks[look]; block++) {
            enum gate gate = run_block(g, t, block, &samples[block * BLOCK_SLOTS]);
            if (gate != PASSED)
                return gate;
        }
        timed_collect(&t->timed, g->e->name, "c", samples, block * BLOCK_SLOTS);
        t->decision = decide(&t->rule, t->timed.log_ratio, t->timed.n);
        if (t->decision.relation != REL_UNSURE)
            break;
    }
    return PASSED;
}

static void say_time(struct grading *g, const struct decision *d, double margin)
{
    const char *words[] = { [REL_SLOWER] = "slower than good", [REL_FASTER] = "faster than good",
                            [REL_SAME] = "the same as good's",
                            [REL_UNSURE] = "unsure, and that costs nothing" };

    say(g, "%s: %.2f times its time (%.2f to %.2f, %zu blocks, up to %.0f %% is no difference)%s",
        words[d->relation], d->ratio, d->lo, d->hi, d->blocks, 100 * margin,
        d->hi < 0.5 ? "; so much faster that one should see whether it does all of the work" : "");
}

/* A tip with offered load lets time pass on purpose. */
static enum gate grade_time(struct grading *g, int most, int *points)
{
    struct timing t = { .p = plan_timing(g->e->tip), .rule = rule_quick(0.1) };

    *points = most;
    if (g->e->tip->dial == RATE || g->untimed) {
        say(g, "not measured: %s", g->untimed ? "nobody asked" : "the requests come at a given rate");
        return PASSED;
    }
    if (calibrate(g, &t) == BROKEN)
        return BROKEN;
    for (int k = 0; k < SERIES; k++) {
        enum gate gate = run_series(g, &t);
        if (gate == BROKEN)
            return BROKEN;
        if (gate == PASSED && t.decision.relation != REL_SLOWER) {
            say_time(g, &t.decision, t.rule.margin);
            return PASSED;
        }
        if (gate == STOPPED && k > 0) {
            *points = 0;
            say(g, "not done in %d times what good takes", PATIENCE);
            return STOPPED;
        }
    }
    *points = (int)fmin(most - 1, most * (1 + t.rule.margin) / t.decision.ratio);
    say_time(g, &t.decision, t.rule.margin);
    return STOPPED;
}

/* --- the command --- */

/* For grade.py, one line a gate.  The same result again. */
static enum gate tell(const struct grading *g, const char *name, enum gate gate, int points, int of)
{
    if (gate != BROKEN)
        printf("%s\t%s\t%d\t%d\t%s\n", name, gate == PASSED ? "passed" : "stopped", points, of, g->says);
    fflush(stdout);
    return gate;
}

static enum gate grade(struct grading *g)
{
    int points = 0;
    enum gate gate = grade_answers(g, &points);

    if (tell(g, "answers", gate, points, ANSWERS) != PASSED)
        return gate;
    if (look_at_bad(g) == BROKEN)
        return BROKEN;
    bool about_time = plan_end(g->e->tip, "bad") == IS_OK && count_columns(g).telling == 0;
    int counts = about_time ? 0 : COUNTS, clock = about_time ? TIME + COUNTS : TIME;
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
    const char *words[2];
    struct grading *g = calloc(1, sizeof *g);
    struct args args = { "grade TIP FOLDER [flags]",
                         "Set the programs that notebooks/grade.py has built against the good "
                         "twin.", NULL, 0, words, 2, 2 };

    if (!g)
        return 1;
    const struct arg flags[] = {
        { "--seed", ARG_NUMBER, &g->seed, 0, INT64_MAX, "where the requests' numbers begin" },
        { "--untimed", ARG_FLAG, &g->untimed, 0, 0, "take the time for granted" },
        { "--grace", ARG_NUMBER, &g->grace_ms, 1, 600000, "ms that a process may have on top" },
    };
    args.flags = flags;
    args.nflags = sizeof flags / sizeof flags[0];
    g->grace_ms = 5000;
    if (getrandom(&g->seed, sizeof g->seed, 0) < 0)
        g->seed = (uint64_t)now_ms();
    int n = args_parse(&args, argc, argv), status;
    g->e = n < 0 ? NULL : args_tip(words[0]);
    if (!g->e) {
        status = n < 0 ? args_status(n) : 2;
        free(g);
        return status;
    }
    g->dir = words[1];
    g->points = tip_points(g->e->tip);
    child_catch_signals();
    status = grade(g) == BROKEN;
    free(g);
    return status;
}
