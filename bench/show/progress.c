/* SPDX-License-Identifier: MIT */
/* progress.c - one line, redrawn at most ten times a second. */
#include "show/progress.h"

#include "show/wrap_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* Processor time of the children that have ended. */
static double cpu_ms(void)
{
    struct rusage u;

    return getrusage(RUSAGE_CHILDREN, &u) == 0 ? ms_of(u.ru_utime) + ms_of(u.ru_stime) : 0;
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
    if (p->planned_ms == 0)
        p->plan_ms = now_ms();
    p->planned_ms += guess_ms;
}

void progress_done(struct progress *p, double guess_ms)
{
    p->done_ms += guess_ms;
}

/* "time, blocks to 32" is part of "time". */
static struct phase *phase_named(struct progress *p, const char *name)
{
    size_t length = strcspn(name, ",");

    for (size_t i = 0; i < p->nphases; i++)
        if (strlen(p->phases[i].name) == length && strncmp(p->phases[i].name, name, length) == 0)
            return &p->phases[i];
    if (p->nphases == PROGRESS_PHASES)
        return NULL;
    struct phase *new = &p->phases[p->nphases++];
    snprintf(new->name, sizeof new->name, "%.*s", (int)length, name);
    return new;
}

/* Add the time since the present phase began to it. */
static void book(struct progress *p)
{
    double wall = now_ms(), cpu = cpu_ms();
    struct phase *phase = p->phase[0] ? phase_named(p, p->phase) : NULL;

    if (phase) {
        phase->wall_ms += wall - p->phase_wall_ms;
        phase->cpu_ms += cpu - p->phase_cpu_ms;
    }
    p->phase_wall_ms = wall;
    p->phase_cpu_ms = cpu;
}

void progress_print(struct progress *p, FILE *out)
{
    char text[PROGRESS_PHASES * 96] = "where the time went:";
    size_t n = strlen(text), empty = n;

    book(p);
    for (size_t i = 0; i < p->nphases; i++) {
        const struct phase *f = &p->phases[i];
        if (f->wall_ms >= 1000)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s %s %s (processors %s)",
                                  n > empty ? "," : "", f->name, progress_duration(f->wall_ms),
                                  progress_duration(f->cpu_ms));
    }
    if (n > empty)
        wrap_print(out, text, 0);
}

void progress_phase(struct progress *p, const char *name)
{
    book(p);
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

/* The guesses are corrected by the time taken only when enough work is done to tell by how much. */
double progress_left_ms(const struct progress *p)
{
    double left = p->planned_ms - p->done_ms;

    if (p->done_ms > 0.05 * p->planned_ms)
        left *= (now_ms() - p->plan_ms) / p->done_ms;
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
