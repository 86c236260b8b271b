/* SPDX-License-Identifier: MIT */
/* command.h - run somebody's command once, and say what it took. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A command as it was typed.  The strings belong to the caller. */
struct command {
    const char *title; /* for people; NULL: the text */
    const char *text;
    const char *shell;  /* that reads it; NULL: no shell, words end at spaces, quotes hold them */
    const char *input;  /* file for its standard input; NULL: there is none to read */
    const char *folder; /* to run it in; NULL: where we are */
};

/* What one process, and those that it waited for, took. */
struct run {
    int status; /* as waitpid() gives it */
    double wall_ns;
    double cpu_ns;     /* user and system */
    double peak_bytes; /* resident, of the largest of its processes; see command_floor_bytes() */
    double faults;     /* page faults, minor and major */
    /* What it printed: malloc'd, NUL behind the last byte. */
    char *out, *err;
    size_t out_length;
};

/* What a command prints is kept in memory, up to so much of its output and of its errors. */
#define COMMAND_PRINTS_MAX (256L << 20)

/* Run it to its end, away from the terminal; afterwards nothing of its process group is left.  0,
 * and r is to be freed by run_free() - also of a command that failed, which its status says.
 * -ENOENT: there is no such program, shell, input or folder; -ETIMEDOUT: it had not ended after
 * limit_ms; -EFBIG: it had printed more than COMMAND_PRINTS_MAX; -EINTR: the runner was
 * interrupted (child_interrupted()); or another negative errno.  After an error r is empty. */
int command_run(const struct command *c, int64_t limit_ms, struct run *r);

/* Complain about -EFBIG of a command of that title; the value is 1. */
int command_too_long(const char *title);
void run_free(struct run *r);

/* The last line of its output alone.  Valid until the next call. */
const char *run_last_output(const struct run *r);

/* The line that says what it ended of: of a Go program that of its panic, else the last one that it
 * printed, of its errors if there are any.  Valid until the next call. */
const char *run_last_words(const struct run *r);

/* Of what it printed: enough to see whether two runs printed the same. */
uint64_t run_hash(const struct run *r);

/* The kernel counts what this program had resident when it started the other as that one's,
 * too: a peak below this cannot be told. */
double command_floor_bytes(void);

/* The clock of wall_ns. */
double command_clock_ns(void);

const char *command_title(const struct command *c);

/* How a process ended, for people: "status 3", "signal 11 (Segmentation fault)".  Valid until
 * the next call. */
const char *command_ending(int status);

#endif
