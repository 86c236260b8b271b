/* SPDX-License-Identifier: MIT */
/* child_end.c - how a process ended: the word for it, the reason in a line, and its output.
 *
 * What the child reports counts for its row alone: how it ended is what waitpid() and the
 * clock say. */
#include "process/child_impl.h"

#include "exit.h"
#include "inside/tips.h"
#include "inside/write_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DUMP_BYTES = 64 * 1024 }; /* of its output, beside the results */

static bool says(const struct ending *e, const char *words)
{
    return strstr(e->said, words) != NULL;
}

/* A twin whose memory is limited may be ended by the runtime, by a library or by a signal,
 * whichever meets the limit first.  All of these count as the limit.  The exit status of a panic
 * has other meanings too, so the words of the panic are read. */
static bool ran_out(const struct ending *e)
{
    return e->capped && (says(e, "out of memory") || says(e, "Cannot allocate memory"));
}

/* Our runtime says with its status what it was (runtime/exit.h). */
static enum outcome outcome_by_status(const struct ending *e)
{
    static const struct {
        int status;
        enum outcome outcome;
    } ends[] = {
        { RUNTIME_EXIT_PANIC, OUTCOME_PANICS },
        { RUNTIME_EXIT_DEADLOCK, OUTCOME_STUCK },
        { RUNTIME_EXIT_FATAL, OUTCOME_DIES },
    };

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (WEXITSTATUS(e->status) == ends[i].status)
            return ends[i].outcome;
    return OUTCOME_DIES;
}

/* Go's ends with 2 in each of these cases, and says in words which it is. */
static enum outcome outcome_by_words(const struct ending *e)
{
    if (WEXITSTATUS(e->status) != 2)
        return OUTCOME_DIES;
    if (says(e, "are asleep - deadlock!"))
        return OUTCOME_STUCK;
    return says(e, "panic: ") ? OUTCOME_PANICS : OUTCOME_DIES;
}

enum outcome child_outcome(const struct ending *e)
{
    if (e->timed_out)
        return OUTCOME_STUCK;
    if (!WIFEXITED(e->status))
        return OUTCOME_DIES;
    if (WEXITSTATUS(e->status) == 0)
        return e->left_row ? OUTCOME_OK : OUTCOME_DIES;
    if (ran_out(e))
        return OUTCOME_DIES;
    return e->executor->ends_in_words ? outcome_by_words(e) : outcome_by_status(e);
}

/* The child ended as if it had succeeded, but before its measurement was over: the reason.
 * NULL: it ended otherwise. */
static const char *false_success(const struct ending *e)
{
    if (e->timed_out || e->left_row || !WIFEXITED(e->status) || WEXITSTATUS(e->status) != 0)
        return NULL;
    if (!e->left_other)
        return "ended by exit(0) before its measurement was over";
    return e->executor->program[0]
               ? "left a row that cannot be read; make go builds its twins again"
               : "left a row that cannot be read";
}

/* After the reason of a panic or a deadlock: the first place in a tip's folder that the dump names,
 * which is where the twin was.  In tip.c a tear-down waits for somebody else, who comes later in
 * the dump.  Looked at in pieces: a child may print anything, and much of it. */
static void add_place(const char *said, char why[CHILD_WHY])
{
    char piece[CHILD_WHY], file[CHILD_WHY], tree[PATH_MAX];
    size_t n = strlen(why);
    int line;

    snprintf(tree, sizeof tree, "%s/", tips_tree());
    for (const char *at = strstr(said, tree); at; at = strstr(at + 1, tree)) {
        snprintf(piece, sizeof piece, "%.*s", CHILD_WHY - 1, at);
        if (sscanf(piece, "%[^: \n]:%d in ", file, &line) != 2)
            continue;
        bool tears_down = strcmp(strrchr(file, '/'), "/tip.c") == 0;
        if (tears_down && why[n])
            continue;
        snprintf(why + n, CHILD_WHY - n, ", in %s line %d", strrchr(file, '/') + 1, line);
        if (!tears_down)
            return;
    }
}

/* Was it killed?  If the program ran behind a shell, the shell's status says so. */
static bool was_killed(int status)
{
    return WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 128 + SIGKILL;
}

/* The reason in one line: that it was killed, whatever it had printed before; else the first
 * line that it printed; else how it ended. */
static void explain(const struct child *c, const struct ending *e, char why[CHILD_WHY])
{
    const char *said = c->said.bytes + strspn(c->said.bytes, "\n ");
    int first_line = (int)strcspn(said, "\n");

    if (e->timed_out)
        snprintf(why, CHILD_WHY, "did not end within %" PRId64 " ms of its own time",
                 c->request.timeout_ms);
    else if (was_killed(e->status))
        snprintf(why, CHILD_WHY, CHILD_KILLED ", most likely for want of memory");
    else if (false_success(e))
        snprintf(why, CHILD_WHY, "%s", false_success(e));
    else if (first_line > 0) {
        snprintf(why, CHILD_WHY, "%.*s", first_line < CHILD_WHY ? first_line : CHILD_WHY - 1, said);
        add_place(said, why);
    } else if (WIFSIGNALED(c->status))
        snprintf(why, CHILD_WHY, "killed by signal %d (%s)", WTERMSIG(c->status),
                 strsignal(WTERMSIG(c->status)));
    else
        snprintf(why, CHILD_WHY, "ended by exit(%d) without any output", WEXITSTATUS(c->status));
}

/* The child left a header and one row, nothing else, and the row holds what was asked for. */
static bool read_row(const struct child *c, struct sample *s)
{
    struct csv t;

    if (csv_open(&t, c->row.bytes, c->row.length) == 0 && csv_only(&t) && sample_read(&t, s) == 0) {
        s->kind = c->request.kind;
        s->outcome = OUTCOME_OK;
        if (sample_is_measured(s))
            return true;
    }
    memset(s, 0, sizeof *s);
    return false;
}

/* Fill in what was asked for and what the parent has seen.  For these the row is not believed. */
static void fill_known(const struct request *r, const struct ending *e, struct sample *s)
{
    tip_settings(s, r->tip, r->twin, r->executor, r->kind, &r->params);
    s->block = r->block;
    s->slot = r->slot;
    s->placement = (int64_t)r->placement;
    s->outcome = child_outcome(e);
}

/* For writing; the folder that is to hold it may be missing. */
static int open_new(const char *path)
{
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, fd = open(path, flags, 0644);
    char folder[PATH_MAX];
    const char *name = strrchr(path, '/');

    if (fd >= 0 || errno != ENOENT || !name)
        return fd;
    snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path);
    return mkdir(folder, 0755) < 0 ? -1 : open(path, flags, 0644);
}

static int save_said(const struct child *c, bool stuck)
{
    const struct request *r = &c->request;
    size_t length = c->said.length;

    if (!r->said_path || (r->said_if_stuck && !stuck))
        return 0;
    if (r->said_if_stuck && length > DUMP_BYTES)
        length = DUMP_BYTES;
    int fd = open_new(r->said_path);
    if (fd < 0)
        return -errno;
    int error = write_whole(fd, c->said.bytes, length);
    close(fd);
    return error;
}

static int64_t served_read(const struct child *c)
{
    int64_t n = 0;

    return pread(c->served_fd, &n, sizeof n, 0) == sizeof n ? n : 0;
}

int child_end(const struct child *c, struct sample *out, char why[CHILD_WHY])
{
    struct ending e = { .executor = c->request.executor,
                        .status = c->status,
                        .timed_out = c->timed_out,
                        .left_row = read_row(c, out),
                        .left_other = c->row.length > 0,
                        .capped = c->request.memory_bytes != 0,
                        .said = c->said.bytes };

    fill_known(&c->request, &e, out);
    if (c->request.status)
        *c->request.status = c->status;
    if (executor_tells(e.executor, "served"))
        out->served = c->served_fd < 0 ? 0 : served_read(c);
    if (false_success(&e))
        fprintf(stderr, "twinbench: %s %s %s; counted as DIES\n", out->tip, role_word(out->twin),
                false_success(&e));
    if (why && out->outcome == OUTCOME_OK)
        why[0] = '\0';
    else if (why)
        explain(c, &e, why);
    return save_said(c, out->outcome == OUTCOME_STUCK);
}
