/* SPDX-License-Identifier: MIT */
/* serve_pages.c - the live page, JSON, Prometheus' text format.
 *
 * The resident memory here is the kernel's quick figure: the exact one of drive.c walks
 * all page tables, which takes longer the more leaks, and is asked for several times a
 * second. */
#include "serve/serve_pages.h"

#include "gc.h"
#include "store/machine.h"
#include "serve/serve_calls.h"
#include "stats.h"
#include "task.h"
#include "timer.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct {
    const struct stage *stage;
    const char *twin;
    int64_t since_ns;
} about;

void pages_start(const struct stage *stage, const char *twin)
{
    about.stage = stage;
    about.twin = twin;
    about.since_ns = clock_now();
}

static double seconds_up(void)
{
    return (double)(clock_now() - about.since_ns) / 1e9;
}

uint64_t pages_rss(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    uint64_t pages = 0;

    if (!f)
        return 0;
    if (fscanf(f, "%*u %" SCNu64, &pages) != 1)
        pages = 0;
    fclose(f);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static double cpu_seconds(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* --- responses --- */

/* text comes from malloc and is the response's from here on. */
static struct MHD_Response *response_of(char *text, size_t bytes, const char *type)
{
    struct MHD_Response *r =
        text ? MHD_create_response_from_buffer(bytes, text, MHD_RESPMEM_MUST_FREE) : NULL;

    if (!r) {
        free(text);
        return NULL;
    }
    MHD_add_response_header(r, "Content-Type", type);
    MHD_add_response_header(r, "Cache-Control", "no-store");
    return r;
}

struct MHD_Response *page_text(const char *format, ...)
{
    char *text = NULL;
    va_list args;

    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    return length < 0 ? NULL : response_of(text, (size_t)length, "text/plain; charset=utf-8");
}

/* --- the page --- */

__asm__(".section .rodata\n"
        "serve_html: .incbin \"bench/serve/serve.html\"\n"
        "serve_html_end:\n"
        ".previous\n");
extern const char serve_html[] __attribute__((visibility("hidden")));
extern const char serve_html_end[] __attribute__((visibility("hidden")));

struct MHD_Response *page_live(void)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(
        (size_t)(serve_html_end - serve_html), (void *)serve_html, MHD_RESPMEM_PERSISTENT);

    if (r)
        MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
    return r;
}

/* o is the response's from here on. */
static struct MHD_Response *response_of_json(json_t *o)
{
    char *text = o ? json_dumps(o, JSON_COMPACT) : NULL;

    json_decref(o);
    return response_of(text, text ? strlen(text) : 0, "application/json");
}

struct MHD_Response *page_machine(void)
{
    return response_of_json(machine_facts(false));
}

struct MHD_Response *page_stats(void)
{
    struct calls_tally calls = calls_tally();
    struct stats s = stats_read();

    return response_of_json(json_pack(
        "{ss ss ss si sf sI sI sI sI sI sI sI}", "tip", about.stage->e->name, "title",
        about.stage->e->words->title, "twin", about.twin, "workers", task_workers(), "seconds",
        seconds_up(), "tasks", (json_int_t)s.tasks.now, "timers", (json_int_t)s.timers.now,
        "contexts", (json_int_t)s.contexts.now, "rss_bytes", (json_int_t)pages_rss(), "open",
        (json_int_t)calls.open, "answered", (json_int_t)calls.ended[CALL_ANSWERED], "late",
        (json_int_t)calls.ended[CALL_LATE]));
}

/* --- Prometheus --- */

static void metric(FILE *out, const char *name, const char *type, const char *help, double value)
{
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n%s %.17g\n", name, help, name, type, name, value);
}

static void gauge(FILE *out, const char *name, const char *help, const struct gauge *g)
{
    char full[64], text[128];

    snprintf(full, sizeof full, "twinbench_%s", name);
    metric(out, full, "gauge", help, (double)g->now);
    snprintf(full, sizeof full, "twinbench_%s_peak", name);
    snprintf(text, sizeof text, "most %s", help);
    metric(out, full, "gauge", text, (double)g->peak);
    snprintf(full, sizeof full, "twinbench_%s_added_total", name);
    snprintf(text, sizeof text, "%s, all there ever were", help);
    metric(out, full, "counter", text, (double)g->total);
}

static void counter(FILE *out, const char *name, const char *help, uint64_t value)
{
    char full[64];

    snprintf(full, sizeof full, "twinbench_%s_total", name);
    metric(out, full, "counter", help, (double)value);
}

static void write_runtime(FILE *out)
{
    struct stats s = stats_read();

#define GAUGE(name, text) gauge(out, #name, text, &s.name);
    GAUGES(GAUGE)
#undef GAUGE
#define COUNTER(name, text) counter(out, #name, text, s.name);
    COUNTERS(COUNTER)
#undef COUNTER
    metric(out, "twinbench_cleanups", "gauge", "cleanups registered and not yet run",
           (double)s.cleanups.now);
    metric(out, "twinbench_cleanups_deepest", "gauge", "most cleanups pending in one task",
           (double)s.cleanups.deepest);
    counter(out, "cleanups", "cleanups registered", s.cleanups.total);
    counter(out, "pool_hits", "pool gets that found an object", s.pool_hits);
    counter(out, "pool_misses", "pool gets that found none", s.pool_misses);
    metric(out, "twinbench_pool_objects", "gauge", "objects lying in pools",
           (double)s.pool_objects);
    metric(out, "twinbench_workers", "gauge", "threads that run tasks", task_workers());
}

static void write_requests(FILE *out)
{
    static const char *const words[CALL_STATES] = {
        [CALL_ANSWERED] = "answered",
        [CALL_LATE] = "late",
        [CALL_CUT] = "cut",
    };
    struct calls_tally calls = calls_tally();

    metric(out, "twinbench_requests_open", "gauge", "requests whose op runs", (double)calls.open);
    fprintf(out, "# HELP twinbench_requests_total requests by how they ended\n"
                 "# TYPE twinbench_requests_total counter\n");
    for (int i = CALL_ANSWERED; i < CALL_STATES; i++)
        fprintf(out, "twinbench_requests_total{end=\"%s\"} %" PRIu64 "\n", words[i],
                calls.ended[i]);
}

static void write_collector(FILE *out)
{
    struct gc_stats gc = gc_stats();

    counter(out, "gc_cycles", "collections", gc.cycles);
    counter(out, "gc_allocated_bytes", "bytes ever allocated from the collector",
            gc.allocated_bytes);
    metric(out, "twinbench_gc_heap_bytes", "gauge", "size of the collector's heap",
           (double)gc.heap_bytes);
    metric(out, "twinbench_gc_pause_seconds_total", "counter", "time in collections",
           (double)gc.pause_ns / 1e9);
}

static void write_process(FILE *out)
{
    fprintf(out,
            "# HELP twinbench_info what is served\n# TYPE twinbench_info gauge\n"
            "twinbench_info{tip=\"%s\",twin=\"%s\"} 1\n",
            about.stage->e->name, about.twin);
    metric(out, "process_resident_memory_bytes", "gauge", "resident memory", (double)pages_rss());
    metric(out, "process_cpu_seconds_total", "counter", "processor time", cpu_seconds());
    metric(out, "twinbench_up_seconds", "gauge", "since the server started", seconds_up());
}

struct MHD_Response *page_metrics(void)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);

    if (!out)
        return NULL;
    write_process(out);
    write_requests(out);
    write_runtime(out);
    if (about.stage->e->tip->gc)
        write_collector(out);
    fclose(out);
    return response_of(text, bytes, "text/plain; version=0.0.4; charset=utf-8");
}
