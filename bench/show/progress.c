/* SPDX-License-Identifier: MIT */
/* progress.c - one line, redrawn at most ten times a second. */
#include "show/progress.h"

#include "show/wrap_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool is_terminal(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

void progress_start(struct progress *p)
{
    *p = (struct progress){ .terminal = is_terminal(), .start_ms = now_ms() };
}

void progress_plan(struct progress *p, double guess_ms)
{
    p->planned_ms += guess_ms;
}

void progress_done(struct progress *p, double guess_ms)
{
    p->done_ms += guess_ms;
}

void progress_phase(struct progress *p, const char *name)
{
    snprintf(p->phase, sizeof p->phase, "%s", name);
    p->drawn_ms = 0;
    if (p->terminal)
        return;
    double left = progress_left_ms(p);
    if (left > 1000)
        printf("%s (about %s left)\n", name, progress_duration(left));
    else
        printf("%s\n", name);
    fflush(stdout);
}

double progress_spent_ms(const struct progress *p)
{
    return now_ms() - p->start_ms;
}

/* The first guesses are corrected only when enough is done to tell by how much. */
double progress_left_ms(const struct progress *p)
{
    double left = p->planned_ms - p->done_ms;

    if (p->done_ms > 0.05 * p->planned_ms)
        left *= progress_spent_ms(p) / p->done_ms;
    return left > 0 ? left : 0;
}

const char *progress_duration(double ms)
{
    static char text[4][32];
    static unsigned next;
    char *to = text[next++ % 4];
    int s = ms < 1e9 ? (int)(ms / 1000 + 0.5) : 999999;

    if (s < 100)
        snprintf(to, sizeof text[0], "%d s", s);
    else
        snprintf(to, sizeof text[0], "%d:%02d min", s / 60, s % 60);
    return to;
}

void progress_show(struct progress *p, const char *what)
{
    double now = now_ms();

    if (!p->terminal || now - p->drawn_ms < 100)
        return;
    p->drawn_ms = now;
    double percent = p->planned_ms > 0 ? 100 * p->done_ms / p->planned_ms : 0;
    char line[160];
    snprintf(line, sizeof line, "%3.0f %%  %-9s left  %s: %s", percent > 99 ? 99 : percent,
             progress_duration(progress_left_ms(p)), p->phase, what);
    /* a line that reached the edge would go on below, and not be drawn over */
    fprintf(stderr, "\r\033[K%.*s", wrap_columns_of(STDERR_FILENO) - 1, line);
    fflush(stderr);
}

void progress_clear(struct progress *p)
{
    if (p->terminal)
        fputs("\r\033[K", stderr);
}
