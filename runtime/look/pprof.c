/* SPDX-License-Identifier: MIT */
/* pprof.c - the tasks as a profile that `go tool pprof` opens.
 *
 * A profile is a protobuf (github.com/google/pprof, proto/profile.proto) in gzip.  Both are
 * streams: each story is written when it comes and then forgotten, so that a profile takes
 * the same memory whatever the number of tasks.  A text that occurs twice is in the string
 * table twice; the reader merges what has the same name.
 *
 * A sample is a story, its value the number of tasks.  Its stack, from the leaf: where the
 * tasks wait (or the word "running", "runnable"), what has called that, then where they were
 * started.  A label has the state in words, another how long the first of them has waited;
 * further ones are the user's.
 *
 * zlib gets its memory from the kernel and not from malloc, which a signal may have
 * interrupted while it holds its lock. */
#include "dump.h"
#include "leak.h"

#include "core/compiler.h"
#include "look/dump_impl.h"
#include "timer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

/* Fields of the messages in profile.proto. */
enum {
    PROFILE_SAMPLE_TYPE = 1,
    PROFILE_SAMPLE,
    PROFILE_MAPPING,
    PROFILE_LOCATION,
    PROFILE_FUNCTION,
    PROFILE_STRING,
    PROFILE_TIME_NS = 9,
    PROFILE_PERIOD_TYPE = 11,
    PROFILE_PERIOD
};
enum { VALUE_TYPE = 1, VALUE_UNIT };
enum { SAMPLE_LOCATION = 1, SAMPLE_VALUE, SAMPLE_LABEL };
enum { LABEL_KEY = 1, LABEL_TEXT, LABEL_NUMBER, LABEL_UNIT };
enum {
    MAPPING_ID = 1,
    MAPPING_FILE = 5,
    MAPPING_HAS_FUNCTIONS = 7,
    MAPPING_HAS_FILES,
    MAPPING_HAS_LINES
};
enum { LOCATION_ID = 1, LOCATION_MAPPING, LOCATION_LINE = 4 };
enum { LINE_FUNCTION = 1, LINE_NUMBER };
enum { FUNCTION_ID = 1, FUNCTION_NAME, FUNCTION_SYSTEM_NAME, FUNCTION_FILE };

struct profile {
    int fd;
    int err;
    bool leaked; /* these alone */
    z_stream z;
    uint64_t strings; /* written so far: the index of the next one */
    uint64_t frames;  /* the same; a frame is a location and its function, by one number */
    uint64_t state_key, waited_key, seconds;
    int64_t now_ns;
    unsigned char packed[4096];
    struct looks looks;
    struct stories stories;
};

/* --- gzip ------------------------------------------------------------------------- */

#define MAP_HEAD 64 /* before each piece: how many bytes to give back */

static void *z_get(void *unused, unsigned n, unsigned bytes)
{
    size_t all = (size_t)n * bytes + MAP_HEAD;
    char *p = dump_map(all);

    (void)unused;
    if (!p)
        return Z_NULL;
    memcpy(p, &all, sizeof all);
    return p + MAP_HEAD;
}

static void z_put(void *unused, void *piece)
{
    char *p = (char *)piece - MAP_HEAD;
    size_t all;

    (void)unused;
    memcpy(&all, p, sizeof all);
    dump_unmap(p, all);
}

static void write_packed(struct profile *p)
{
    if (!p->err)
        p->err = dump_write(p->fd, p->packed, sizeof p->packed - p->z.avail_out);
    p->z.next_out = p->packed;
    p->z.avail_out = sizeof p->packed;
}

static void put(struct profile *p, const void *bytes, size_t n, int flush)
{
    p->z.next_in = (unsigned char *)bytes; /* zlib does not write there */
    p->z.avail_in = (unsigned)n;
    do {
        if (!p->z.avail_out)
            write_packed(p);
        deflate(&p->z, flush);
    } while (!p->z.avail_out);
}

/* --- protobuf --------------------------------------------------------------------- */

/* A message without texts: numbers and other such messages.  The largest is a sample, which has a
 * number for each place on its stack. */
#define MOST_PLACES 256
struct message {
    size_t n;
    unsigned char bytes[MOST_PLACES * 6 + 512];
};

static void add_varint(struct message *m, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        m->bytes[m->n++] = (unsigned char)(v | 0x80);
    m->bytes[m->n++] = (unsigned char)v;
}

static void add_number(struct message *m, int field, uint64_t v)
{
    add_varint(m, (uint64_t)field << 3);
    add_varint(m, v);
}

static void add_length(struct message *m, int field, size_t n)
{
    add_varint(m, (uint64_t)field << 3 | 2);
    add_varint(m, n);
}

static void add_message(struct message *m, int field, const struct message *inner)
{
    add_length(m, field, inner->n);
    memcpy(m->bytes + m->n, inner->bytes, inner->n);
    m->n += inner->n;
}

static void put_message(struct profile *p, int field, const struct message *m)
{
    struct message head = { 0 };

    add_length(&head, field, m->n);
    put(p, head.bytes, head.n, Z_NO_FLUSH);
    put(p, m->bytes, m->n, Z_NO_FLUSH);
}

static void put_number(struct profile *p, int field, uint64_t v)
{
    struct message m = { 0 };

    add_number(&m, field, v);
    put(p, m.bytes, m.n, Z_NO_FLUSH);
}

/* Its index in the table. */
static uint64_t put_string(struct profile *p, const char *text)
{
    struct message head = { 0 };

    add_length(&head, PROFILE_STRING, strlen(text));
    put(p, head.bytes, head.n, Z_NO_FLUSH);
    put(p, text, strlen(text), Z_NO_FLUSH);
    return p->strings++;
}

/* --- the profile ------------------------------------------------------------------ */

/* As in Go's goroutine profile: the type of the values and of what is counted. */
static void put_types(struct profile *p)
{
    struct message type = { 0 };

    add_number(&type, VALUE_TYPE, put_string(p, p->leaked ? "goroutineleak" : "goroutine"));
    add_number(&type, VALUE_UNIT, put_string(p, "count"));
    put_message(p, PROFILE_SAMPLE_TYPE, &type);
    put_message(p, PROFILE_PERIOD_TYPE, &type);
    put_number(p, PROFILE_PERIOD, 1);
}

/* This program.  All frames have names already, so pprof need not search its symbols. */
static void put_mapping(struct profile *p)
{
    struct message m = { 0 };
    char path[512];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    path[n > 0 ? n : 0] = 0;
    add_number(&m, MAPPING_ID, 1);
    add_number(&m, MAPPING_FILE, put_string(p, path));
    add_number(&m, MAPPING_HAS_FUNCTIONS, true);
    add_number(&m, MAPPING_HAS_FILES, true);
    add_number(&m, MAPPING_HAS_LINES, true);
    put_message(p, PROFILE_MAPPING, &m);
}

static uint64_t put_frame(struct profile *p, const char *func, const char *file, int line)
{
    struct message function = { 0 }, where = { 0 }, location = { 0 };
    uint64_t id = ++p->frames, name = put_string(p, func);

    add_number(&function, FUNCTION_ID, id);
    add_number(&function, FUNCTION_NAME, name);
    add_number(&function, FUNCTION_SYSTEM_NAME, name);
    add_number(&function, FUNCTION_FILE, put_string(p, file));
    put_message(p, PROFILE_FUNCTION, &function);

    add_number(&where, LINE_FUNCTION, id);
    add_number(&where, LINE_NUMBER, (uint64_t)line);
    add_number(&location, LOCATION_ID, id);
    add_number(&location, LOCATION_MAPPING, 1);
    add_message(&location, LOCATION_LINE, &where);
    put_message(p, PROFILE_LOCATION, &location);
    return id;
}

static void add_label(struct profile *p, struct message *sample, uint64_t key, const char *text)
{
    struct message label = { 0 };

    add_number(&label, LABEL_KEY, key);
    add_number(&label, LABEL_TEXT, put_string(p, text));
    add_message(sample, SAMPLE_LABEL, &label);
}

/* The user's own, of which so many find room. */
static void add_own_labels(struct profile *p, struct message *sample, const struct task_label *l)
{
    for (int room = 16; l && room > 0; l = l->outer, room--)
        add_label(p, sample, put_string(p, l->key), l->value);
}

static void add_labels(struct profile *p, struct message *sample, const struct story *s)
{
    struct message waited = { 0 };

    add_label(p, sample, p->state_key, story_state(s));
    add_own_labels(p, sample, s->labels);
    if (s->since_ns > p->now_ns - SEC)
        return;
    add_number(&waited, LABEL_KEY, p->waited_key);
    add_number(&waited, LABEL_NUMBER, (uint64_t)((p->now_ns - s->since_ns) / SEC));
    add_number(&waited, LABEL_UNIT, p->seconds);
    add_message(sample, SAMPLE_LABEL, &waited);
}

struct sample {
    struct profile *p;
    struct message m;
    size_t places;
};

static void add_place(void *arg, const struct place *at, uintptr_t pc)
{
    struct sample *s = arg;
    char func[256], path[512];

    if (s->places++ >= MOST_PLACES)
        return;
    snprintf(func, sizeof func, "%#lx", (unsigned long)pc);
    if (at->func)
        snprintf(func, sizeof func, "%.*s", (int)strcspn(at->func, "."), at->func);
    snprintf(path, sizeof path, "%s%s%s", at->dir ? at->dir : "", at->dir ? "/" : "",
             at->file ? at->file : "");
    add_number(&s->m, SAMPLE_LOCATION, put_frame(s->p, func, path, at->line));
}

static void put_story(void *arg, const struct story *s)
{
    struct profile *p = arg;
    const struct site *born = s->born;
    struct sample sample = { .p = p };

    if (p->leaked && !s->leaked)
        return;
    story_places(s, &p->looks, add_place, &sample);
    if (!sample.places)
        add_place(&sample, &(struct place){ .func = story_state(s) }, 0);
    add_number(&sample.m, SAMPLE_LOCATION, put_frame(p, born->func, born->file, born->line));
    add_number(&sample.m, SAMPLE_VALUE, s->n);
    add_labels(p, &sample.m, s);
    put_message(p, PROFILE_SAMPLE, &sample.m);
}

static void put_profile(struct profile *p)
{
    struct timespec now;

    put_string(p, ""); /* the first of the table, as the format wants it */
    put_types(p);
    put_mapping(p);
    clock_gettime(CLOCK_REALTIME, &now);
    put_number(p, PROFILE_TIME_NS, (uint64_t)(now.tv_sec * SEC + now.tv_nsec));
    p->state_key = put_string(p, "state");
    p->waited_key = put_string(p, "waited");
    p->seconds = put_string(p, "seconds");
    p->now_ns = clock_now();
    looks_begin(&p->looks);
    stories_gather(&p->stories, &p->looks, put_story, p);
    for (size_t i = 0; i < p->stories.n; i++)
        put_story(p, &p->stories.of[i]);
    looks_end(&p->looks);
    put(p, "", 0, Z_FINISH);
    write_packed(p);
}

static int dump_profile(int fd, bool leaked)
{
    struct profile *p = dump_map(sizeof *p);
    int err = -ENOMEM;

    if (!p)
        return err;
    p->fd = fd;
    p->leaked = leaked;
    p->z.zalloc = z_get;
    p->z.zfree = z_put;
    p->z.next_out = p->packed;
    p->z.avail_out = sizeof p->packed;
    if (deflateInit2(&p->z, 6, Z_DEFLATED, 15 + 16 /* gzip */, 8, Z_DEFAULT_STRATEGY) == Z_OK) {
        put_profile(p);
        err = p->err;
        deflateEnd(&p->z);
    }
    dump_unmap(p, sizeof *p);
    return err;
}
LEFT_OUT(dump_profile);

int dump_pprof(int fd)
{
    return dump_profile(fd, false);
}
LEFT_OUT(dump_pprof);

int dump_pprof_leaked(int fd)
{
    int64_t found = leaks_find();

    return found < 0 ? (int)found : dump_profile(fd, true);
}
LEFT_OUT(dump_pprof_leaked);
