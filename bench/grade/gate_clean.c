/* SPDX-License-Identifier: MIT */
/* gate_clean.c - the third gate: nothing to report, says each sanitizer that there is a program
 * for.
 *
 * A run under a sanitizer passes if it ended well with the right answers, and in no other way.
 * What the sanitizer found is in a file of its own, into which nothing goes that the program
 * prints; its first line is how the program ended, "exit 86" if there was something to report
 * (notebooks/grader/fence.py).  Whether that concerns the student's file says the program `judge`
 * in the folder, in a sentence: ThreadSanitizer also reports what the runtime does inside, in an
 * order that it does not see. */
#include "decide/claims.h"
#include "grade/grading.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* For good, under a tool: before anything is known, and four times that when it did not end. */
enum { TOOL_MS = 60000, REPORTED = 86 };

enum { TOOL_CLIENTS = 16 };

/* How the program under that tool ended, by the tool's own file; -1: that does not say. */
static int reported_end(const struct grading *g, const char *tool)
{
    char path[512];
    int status = -1;

    snprintf(path, sizeof path, "%s/student-%s.report", g->dir, tool);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "exit %d", &status) != 1)
        status = -1;
    if (f)
        fclose(f);
    return status;
}

static _Noreturn void become_judge(const struct grading *g, const char *tool, int to)
{
    char path[512];

    snprintf(path, sizeof path, "%s/judge", g->dir);
    dup2(to, STDOUT_FILENO);
    execl(path, "judge", tool, (char *)NULL);
    _exit(127);
}

/* The sentence about the student's own lines into g->says, empty if there is none.  0 or a negative
 * errno. */
static int judge(struct grading *g, const char *tool)
{
    int ends[2], status = 0;

    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    pid_t pid = fork();
    if (pid == 0)
        become_judge(g, tool, ends[1]);
    close(ends[1]);
    size_t length = 0;
    ssize_t n = pid < 0 ? 0 : 1;
    while (n > 0 && length + 1 < sizeof g->says) {
        n = read(ends[0], g->says + length, sizeof g->says - 1 - length);
        length += n > 0 ? (size_t)n : 0;
    }
    g->says[length] = '\0';
    close(ends[0]);
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        return -errno;
    return status == 0 ? 0 : -EIO;
}

/* What a run under a tool is like. */
enum company { MANY, AS_TIMED };

/* A race is seen where many tasks do the same on two workers: with 64 requests of 4 clients in
 * two runs of six, with 256 of 16 in all. */
static void have_many(struct params *p, const struct tip *t)
{
    if (t->dial != RATE)
        p->ops = t->dial == OPS && p->ops > 1024 ? 1024 : 256;
    if (t->dial != CLIENTS)
        p->clients = TOOL_CLIENTS;
    p->workers = 2;
}

/* Who asks how many workers there are, how many clients, or how large a request is, finds here what
 * he finds when he is timed: nobody is careful under a tool alone. */
static void have_as_timed(struct params *p, const struct tip *t)
{
    const struct params timed = tip_timing(t);

    p->ops = 256;
    p->size = timed.size;
    p->clients = timed.clients;
    p->workers = timed.workers;
}

/* A tip that has fewer requests than clients has large ones: one for each is enough, and more would
 * take minutes. */
static struct request request_for_tool(const struct grading *g, enum role twin, enum company with)
{
    const struct tip *t = g->e->tip;
    struct request r = grade_request(g, twin, t->dial == OPS ? g->points - 1 : g->points / 2);

    (with == MANY ? have_many : have_as_timed)(&r.params, t);
    if (t->dial == SIZE && t->defaults.ops > 0 && t->defaults.ops < TOOL_CLIENTS)
        r.params.ops = TOOL_CLIENTS;
    if (t->gc)
        r.params.heap = HEAP_GLIBC; /* no sanitizer follows what the collector does with stacks */
    r.memory_bytes = 0;
    r.timeout_ms = TOOL_MS;
    return r;
}

/* *found: what became of the student's program under the tool. */
static enum gate run_under(struct grading *g, const char *tool, enum company with,
                           struct sample *good, struct sample *student, char why[CHILD_WHY])
{
    char file[32];
    int64_t took_ms;
    struct request r = request_for_tool(g, TWIN_BAD, with);
    /* The tool itself can get stuck, on a busy machine. */
    for (int i = 0; i < GRADE_TRIES; i++) {
        snprintf(file, sizeof file, "good-%s", tool);
        enum gate gate =
            grade_know_good(g, file, request_for_tool(g, TWIN_GOOD, with), i > 0, good, &took_ms);
        if (gate != PASSED)
            return gate;
        r.timeout_ms = grade_timeout(g, took_ms);
        snprintf(file, sizeof file, "student-%s", tool);
        int error = grade_run(g, file, r, student, why);
        if (error)
            return grade_broken(g, error, NULL, why);
        if (student->outcome != OUTCOME_STUCK)
            break;
    }
    return PASSED;
}

static enum gate look_under(struct grading *g, const char *tool, const char *name,
                            enum company with)
{
    char why[CHILD_WHY];
    struct sample good, student;
    enum gate gate = run_under(g, tool, with, &good, &student, why);

    if (gate != PASSED)
        return gate;
    int status = reported_end(g, tool);
    if (status < 0 && student.outcome == OUTCOME_OK) /* it ended well, says the row */
        return grade_broken(g, -ENOSPC, NULL, NULL);
    g->says[0] = '\0';
    int error = status > 0 ? judge(g, tool) : 0; /* it may also have panicked behind a report */
    if (error)
        return grade_broken(g, error, NULL, NULL);
    g->reported = *g->says;
    if (*g->says)
        return STOPPED;
    if (grade_is_late(&student, why)) {
        grade_say(g, "far slower than good: under %s it did not end in %d times what good took",
                  name, GRADE_PATIENCE);
        return STOPPED;
    }
    if (student.outcome != OUTCOME_OK || (status != 0 && status != REPORTED)) {
        grade_say(g, "under %s it came out %s: %s", name, outcome_word(student.outcome), why);
        return STOPPED;
    }
    if (student.answer != good.answer) {
        grade_say(g, "under %s its answers are wrong", name);
        return STOPPED;
    }
    return PASSED;
}

enum gate grade_clean(struct grading *g)
{
    static const struct {
        const char *tool, *name, *finds;
        enum company with;
    } tools[] = {
        { "asan", "AddressSanitizer", "memory errors", MANY },
        { "tsan", "ThreadSanitizer", NULL, AS_TIMED },
        { "tsan", "ThreadSanitizer", "data races", MANY },
    };
    char seen[64] = "", unexplained[GRADE_SAYS] = "";

    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/student-%s", g->dir, tools[i].tool);
        if (access(path, X_OK) != 0 || (tools[i].with == AS_TIMED && g->e->tip->dial == RATE))
            continue;
        enum gate gate = look_under(g, tools[i].tool, tools[i].name, tools[i].with);
        if (gate == STOPPED && !g->reported) { /* perhaps the next tool says why */
            if (!*unexplained)
                memcpy(unexplained, g->says, sizeof unexplained);
            continue;
        }
        if (gate != PASSED)
            return gate;
        if (tools[i].finds)
            snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%sno %s", *seen ? ", " : "",
                     tools[i].finds);
    }
    if (*unexplained) {
        memcpy(g->says, unexplained, sizeof unexplained);
        return STOPPED;
    }
    grade_say(g, "%s", *seen ? seen : "not looked at: no sanitizer serves for this tip here");
    return PASSED;
}
