/* SPDX-License-Identifier: MIT */
/* sample.h - one sample: everything measured in one process, and the one table
 * that says what that is.
 *
 * A new measure is one line in COLUMNS and one assignment where it is taken.
 * The table makes the struct, the CSV header, a row, and the look-up by name.
 *
 * COLUMN(name, kind, unit, text)
 *   kind TEXT:    a name, no number
 *        WORD:    one of a few words (words.h)
 *        EXECUTOR: who ran it (executor.h)
 *        SETTING: what the run was asked to do
 *        EXACT:   a count that is equal in every run
 *        BOUNDED: a count that depends on the scheduler or the collector
 *        MEASURED: bytes or time, as the machine gave them
 *
 * A process of another language may not know a column (bench/go/driver.go says which):
 * its field in the row is empty, which is not 0.  In the struct it is UNKNOWN, or NAN if
 * MEASURED. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "inside/csv.h"
#include "inside/executor.h"
#include "inside/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define COLUMNS(COLUMN)                                                                            \
    COLUMN(tip, TEXT, "", "folder of the tip, family/name")                                        \
    COLUMN(twin, WORD, "", "bad or good; null is a second copy of good")                           \
    COLUMN(lang, EXECUTOR, "", "c, c+glibc and c+mimalloc (C on that heap), or go")                \
    COLUMN(kind, WORD, "", "count, slope, time, rate or curve: which plan asked for this process") \
    COLUMN(outcome, WORD, "", "OK, STUCK, PANICS, WRONG, DIES")                                    \
    COLUMN(ops, SETTING, "1", "requests in all")                                                   \
    COLUMN(size, SETTING, "1", "how much one request does")                                        \
    COLUMN(clients, SETTING, "1", "tasks calling op at once")                                      \
    COLUMN(rate, SETTING, "1/s", "requests offered per second, 0: closed loop")                    \
    COLUMN(workers, SETTING, "1", "OS threads running tasks")                                      \
    COLUMN(seed, SETTING, "1", "added to request numbers")                                         \
    COLUMN(block, SETTING, "1", "block of a timed process, from 0")                                \
    COLUMN(slot, SETTING, "1", "place in the block, 0 to 3")                                       \
    COLUMN(placement, SETTING, "1", "which placement of the code ran; 0: the program itself")      \
    COLUMN(answer, EXACT, "1", "sum of mixed answers over all requests")                           \
    COLUMN(tasks, EXACT, "tasks", "tasks still alive when all work is done")                       \
    COLUMN(leaked, EXACT, "tasks",                                                                 \
           "of these, tasks proved never to be woken; Go's own proof in Go")                       \
    COLUMN(tasks_peak, BOUNDED, "tasks", "most tasks alive at a time")                             \
    COLUMN(tasks_started, EXACT, "tasks", "tasks started by the ops")                              \
    COLUMN(timers, EXACT, "timers", "timers left pending when idle")                               \
    COLUMN(timers_started, EXACT, "timers", "timers armed by the ops")                             \
    COLUMN(contexts, EXACT, "contexts", "contexts left not done and not freed when idle")          \
    COLUMN(channels, EXACT, "channels", "channels left unfreed when idle")                         \
    COLUMN(descriptors, EXACT, "descriptors", "files and sockets left open when idle")             \
    COLUMN(channels_made, EXACT, "channels", "channels made by the ops")                           \
    COLUMN(held_bytes, BOUNDED, "B", "most bytes of values waiting inside channels")               \
    COLUMN(cleanups, EXACT, "cleanups", "cleanups registered by the ops")                          \
    COLUMN(cleanups_peak, EXACT, "cleanups", "most cleanups pending in one task at a time")        \
    COLUMN(switches, BOUNDED, "switches", "times a worker went from task to task")                 \
    COLUMN(parks, BOUNDED, "parks", "times a task began to wait")                                  \
    COLUMN(lock_waits, BOUNDED, "waits", "mutex locks that had to wait")                           \
    COLUMN(pool_misses, BOUNDED, "gets", "pool gets that found no object")                         \
    COLUMN(pool_hit_rate, BOUNDED, "%", "pool gets that found an object, of 100")                  \
    COLUMN(gc_cycles, BOUNDED, "cycles", "collections during the ops")                             \
    COLUMN(gc_bytes, BOUNDED, "B", "bytes allocated from the collector by the ops")                \
    COLUMN(gc_pause_ns, MEASURED, "ns", "time in collections during the ops")                      \
    COLUMN(gc_heap_bytes, MEASURED, "B", "size of the collector's heap when idle")                 \
    COLUMN(malloc_bytes, BOUNDED, "B", "bytes from malloc that the ops did not free, when idle")   \
    COLUMN(idle_bytes, BOUNDED, "B", "bytes the scene still holds when idle")                      \
    COLUMN(phantoms, EXACT, "values", "receives from a closed channel taken for values")           \
    COLUMN(stale, BOUNDED, "values", "decisions taken on a value that was out of date")            \
    COLUMN(out_of_turn, BOUNDED, "jobs", "jobs begun although something else had to come first")   \
    COLUMN(dropped, BOUNDED, "requests", "requests turned away")                                   \
    COLUMN(calls, EXACT, "calls", "calls of what the scene stands before: a database, a service")  \
    COLUMN(served, BOUNDED, "requests", "requests answered, in a process whose memory is capped")  \
    COLUMN(rss_before_bytes, MEASURED, "B", "resident memory after set-up, before the ops")        \
    COLUMN(rss_bytes, MEASURED, "B", "resident memory when idle")                                  \
    COLUMN(rss_peak_bytes, MEASURED, "B", "most resident memory")                                  \
    COLUMN(wall_ns, MEASURED, "ns/op", "median over four batches, by the clock")                   \
    COLUMN(cpu_ns, MEASURED, "ns/op", "the same in processor time of the whole process")           \
    COLUMN(p50_ns, MEASURED, "ns", "latency of requests served, from the intended start, median")  \
    COLUMN(p90_ns, MEASURED, "ns", "the same, 90th percentile")                                    \
    COLUMN(p99_ns, MEASURED, "ns", "the same, 99th percentile")                                    \
    COLUMN(p999_ns, MEASURED, "ns", "the same, 99.9th percentile")                                 \
    COLUMN(max_ns, MEASURED, "ns", "the same, largest")                                            \
    COLUMN(refused_p50_ns, MEASURED, "ns", "latency of requests turned away, median")              \
    COLUMN(refused_p99_ns, MEASURED, "ns", "the same, 99th percentile")                            \
    COLUMN(goodput, MEASURED, "1/s", "requests served per second, without those dropped")

enum column_kind { TEXT, WORD, EXECUTOR, SETTING, EXACT, BOUNDED, MEASURED };

/* COLUMN_tasks ...: its place in columns[]. */
enum column_id {
#define COLUMN(name, kind, unit, text) COLUMN_##name,
    COLUMNS(COLUMN)
#undef COLUMN
};

/* Every column is a field, whose type follows from its kind, and of a WORD from its name;
 * text is cut, not overrun. */
#define SAMPLE_TEXT 64
struct sample {
#define ENUM_twin enum role
#define ENUM_kind enum kind
#define ENUM_outcome enum outcome
#define FIELD_TEXT(name) char name[SAMPLE_TEXT];
#define FIELD_WORD(name) ENUM_##name name;
#define FIELD_EXECUTOR(name) const struct executor *name;
#define FIELD_SETTING(name) int64_t name;
#define FIELD_EXACT(name) int64_t name;
#define FIELD_BOUNDED(name) int64_t name;
#define FIELD_MEASURED(name) double name;
#define COLUMN(name, kind, unit, text) FIELD_##kind(name)
    COLUMNS(COLUMN)
#undef COLUMN
};

struct column {
    const char *name;
    enum column_kind kind;
    const char *unit;
    const char *text;
    size_t offset;             /* of the field in struct sample */
    const struct words *words; /* of a WORD */
};

extern const struct column columns[];
extern const size_t ncolumns;

/* The column of that name, or NULL. */
const struct column *column_find(const char *name);

#define UNKNOWN INT64_MIN

/* Does it hold a number? */
bool column_is_number(const struct column *c);

/* That number, NAN if it is not known; or what else is in the column, "" of a number. */
double column_value(const struct column *c, const struct sample *s);
const char *column_words(const struct column *c, const struct sample *s);

/* The header line, and a sample as a line, each ending in '\n', into buf.  The
 * length, or -ENOSPC.  A row holds no newline and no quote but the last '\n'. */
int sample_header(char *buf, size_t bytes);
int sample_row(const struct sample *s, char *buf, size_t bytes);

/* More than a header or a row is ever long. */
enum { SAMPLE_ROW = 4096 };

/* A timed process that came out OK took some time, and without that it would decide what it
 * has not seen.  Others need not. */
bool sample_is_measured(const struct sample *s);

/* The row that csv_next() has found, as a sample.  A measure of which the table has no
 * column is not known.  0, or -EINVAL if a field is not what its column is to hold: no
 * number, one that is not finite, a time or a size below 0, or sample_is_measured() of none. */
int sample_read(const struct csv *t, struct sample *s);

/* The same of one row, by the names in `header`.  -EINVAL also for a line that is torn, or
 * more than one. */
int sample_parse(const char *header, const char *row, struct sample *s);

#endif
