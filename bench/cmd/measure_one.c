/* SPDX-License-Identifier: MIT */
/* measure_one.c - one twin, measured in this process.
 *
 * This is what every sample's process runs, with a pipe for the row; without one
 * it prints the sample for a person.  The sample is out before the tear-down, and
 * after it the process ends without further ado: tasks that leaked cannot
 * hold it up, and a twin cannot take back what was measured. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "inside/drive.h"
#include "inside/write_whole.h"
#include "say/units.h"
#include "dump.h"
#include "task.h"
#include "timer.h"
#include "show/wrap_text.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct instrument {
    enum kind kind;
    void (*drive)(struct stage *s, struct sample *out);
} instruments[] = {
    { KIND_COUNT, drive_count }, { KIND_SLOPE, drive_count }, { KIND_TIME, drive_time },
    { KIND_RATE, drive_rate },   { KIND_CURVE, drive_time },
};
enum { NINSTRUMENTS = sizeof instruments / sizeof instruments[0], NO_FD = -1 };

/* What the command line asked for. */
struct order {
    const struct entry *e;
    const struct twin *w;
    const struct instrument *instrument;
    struct params p;
    int row_fd, served_fd;
    bool dump;
    struct sample sample;
};

static const struct instrument *instrument_find(enum kind kind)
{
    for (size_t i = 0; i < NINSTRUMENTS; i++)
        if (instruments[i].kind == kind)
            return &instruments[i];
    return NULL;
}

/* --- for a person --- */

/* A quantity in a unit that keeps it short. */
static void print_value(char *to, size_t bytes, double v, const char *unit)
{
    enum quantity of = unit_quantity(unit);
    bool time = of == QUANTITY_TIME;
    struct scale s = scale_for(unit, v);

    if (!time && of != QUANTITY_BYTES)
        snprintf(to, bytes, "%.10g %s", round(v), strcmp(unit, "1") == 0 ? "" : unit);
    else
        snprintf(to, bytes, "%.*f %s%s", s.by == 1 && v == round(v) ? 0 : 1, v / s.by, s.word,
                 time ? unit + 2 : "");
}

static void print_sample(const struct order *o)
{
    const struct params *p = &o->p;
    char rate[40] = "";

    if (p->rate)
        snprintf(rate, sizeof rate, ", %" PRIu64 " a second", p->rate);
    printf("%s %s: %s\n", o->e->name, role_word(o->sample.twin), outcome_word(o->sample.outcome));
    wrap_line(
        2, "%" PRIu64 " requests, size %" PRIu64 ", %" PRIu64 " client%s, %" PRIu64 " worker%s%s",
        p->ops, p->size, p->clients, p->clients == 1 ? "" : "s", p->workers,
        p->workers == 1 ? "" : "s", rate);
    printf("\n");
    for (size_t i = 0; i < ncolumns; i++) {
        const struct column *c = &columns[i];
        char value[40];
        double number = column_value(c, &o->sample);
        if (!column_is_number(c) || c->kind == SETTING || i == COLUMN_answer || isnan(number) ||
            number == 0)
            continue;
        print_value(value, sizeof value, number, c->unit);
        printf("%-17s %-17s ", c->name, value);
        wrap_print(stdout, c->text, 36);
    }
    printf("\nWhat is not shown is 0.\n");
    if (o->dump)
        printf("\n");
}

/* --- for the runner --- */

static void fail(const char *what, int error)
{
    fprintf(stderr, "twinbench: %s: %s\n", what, strerror(error));
    _exit(1);
}

/* The row brings its header: who reads it may have been built with another table of columns. */
static void write_row(const struct order *o)
{
    char text[2 * SAMPLE_ROW];
    int header = sample_header(text, SAMPLE_ROW);
    int row = header < 0 ? header : sample_row(&o->sample, text + header, SAMPLE_ROW);

    if (row < 0)
        fail("the row of a sample", -row);
    int error = write_whole(o->row_fd, text, (size_t)(header + row));
    if (error)
        fail("writing to --row-fd", -error);
}

static void report(const struct order *o)
{
    if (o->row_fd != NO_FD) {
        write_row(o);
        return;
    }
    print_sample(o);
    if (fflush(stdout) != 0)
        fail("writing to standard output", errno);
}

/* --- the run --- */

/* What a tear-down sends home may need a moment. */
static void wait_until_alone(void)
{
    for (int64_t pause = 64 * US; task_count() > 1 && pause < SEC; pause *= 2)
        task_sleep(pause);
}

/* The counter that the runner looks at when this process is dead. */
static uint64_t *map_served(int fd)
{
    void *at = fd == NO_FD
                   ? NULL
                   : mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        fail("--served-fd", errno);
    return at;
}

/* A tear-down may wait for what never comes if something leaked. */
static void run(void *arg)
{
    struct order *o = arg;
    struct stage s;

    stage_open(&s, o->e, o->w, &o->p);
    s.served = map_served(o->served_fd);
    o->instrument->drive(&s, &o->sample);
    report(o);
    bool leaked = o->sample.tasks != 0 || o->sample.timers != 0;
    if (!leaked)
        stage_close(&s);
    if (o->dump && !leaked)
        wait_until_alone();
    if (o->dump && dump_tasks(STDOUT_FILENO, DUMP_GROUPED) != 0)
        fail("writing to standard output", errno);
    _exit(0);
}

static int start(struct order *o)
{
    int error = stage_prepare(o->e, &o->p);
    if (error) {
        fprintf(stderr, "twinbench: --heap %s: %s\n", heap_name(o->p.heap), heap_missing);
        return 1;
    }
    error = task_main(run, o);
    if (error)
        fprintf(stderr, "twinbench: one: no task could be started: %s\n", strerror(-error));
    return 1; /* run() does not come back */
}

/* --kind, or what the parameters suggest.  NULL: said what it may be. */
static const struct instrument *understand_kind(const char *kind, const struct params *p)
{
    enum kind suggested = p->rate ? KIND_RATE : KIND_COUNT;
    int k = kind ? words_find(&kind_words, kind) : (int)suggested;
    const struct instrument *found = k < 0 ? NULL : instrument_find((enum kind)k);

    if (!found)
        fprintf(stderr,
                "twinbench: --kind must be count, slope, time, rate or curve, not '%.60s'\n", kind);
    else if (found->kind == KIND_RATE && p->rate == 0)
        fprintf(stderr, "twinbench: --kind rate wants a --rate of 1 or more\n");
    else
        return found;
    return NULL;
}

/* The words and flags have been read; find out what they mean together. */
static int understand(struct order *o, const char *const *words, struct params *given,
                      const char *kind, const char *heap)
{
    o->e = args_tip(words[0]);
    enum role twin = o->e ? args_twin(o->e, words[1]) : TWIN_NONE;
    if (twin == TWIN_NONE || !args_heap(o->e, heap, &given->heap))
        return 2;
    o->w = tip_twin(o->e, twin);
    o->p = tip_params_given(o->e->tip, given);
    o->instrument = understand_kind(kind, &o->p);
    if (!o->instrument)
        return 2;
    tip_settings(&o->sample, o->e->name, twin, executor_on_heap(o->p.heap), o->instrument->kind,
                 &o->p);
    return 0;
}

int cmd_one(int argc, char **argv)
{
    struct params given = PARAMS_NOT_GIVEN;
    const char *words[2], *kind = NULL, *heap = NULL;
    uint64_t row_fd = NOT_GIVEN, served_fd = NOT_GIVEN;
    struct order o = { 0 };
    const struct arg flags[] = {
        { "--ops", ARG_NUMBER, &given.ops, 1, 1000000000, "requests in all" },
        { "--size", ARG_NUMBER, &given.size, 1, 1000000000000, "how much one request does" },
        { "--clients", ARG_NUMBER, &given.clients, 1, 10000000, "tasks that make requests" },
        { "--rate", ARG_NUMBER, &given.rate, 0, 1000000000, "requests a second; 0: closed loop" },
        { "--workers", ARG_NUMBER, &given.workers, 1, 64, "threads that run tasks" },
        { "--seed", ARG_NUMBER, &given.seed, 0, INT64_MAX, "added to the requests' numbers" },
        { "--heap", ARG_WORD, &heap, 0, 0, "gc, glibc or mimalloc, if the tip runs there" },
        { "--kind", ARG_WORD, &kind, 0, 0, "count, slope, time, rate or curve" },
        { "--dump", ARG_FLAG, &o.dump, 0, 0, "show what is left over, too: the tasks still alive" },
        { "--row-fd", ARG_NUMBER, &row_fd, 0, 1000000, "write a CSV row there, print nothing" },
        { "--served-fd", ARG_NUMBER, &served_fd, 0, 1000000,
          "count the requests in its first 8 bytes" },
    };
    const struct args args = { "one TIP bad|good|null [flags]",
                               "Run one twin in this process and show what was measured.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               2,
                               2 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    o.row_fd = row_fd == NOT_GIVEN ? NO_FD : (int)row_fd;
    o.served_fd = served_fd == NOT_GIVEN ? NO_FD : (int)served_fd;
    int bad = understand(&o, words, &given, kind, heap);
    return bad ? bad : start(&o);
}
