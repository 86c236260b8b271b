/* SPDX-License-Identifier: MIT */
/* record.c - what a grading came to, as one typed record.
 *
 * Words in it may be a student's.  They are strings of a JSON document here, never lines of a
 * stream: nothing that they say can be taken for a verdict.  The descriptor is closed to every
 * child before the first one starts. */
#include "grade/grading.h"

#include "inside/write_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct record {
    int fd;
    json_t *gates;
};

struct record *record_make(int fd)
{
    struct record *r = calloc(1, sizeof *r);

    if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
        free(r);
        return NULL;
    }
    if (r)
        *r = (struct record){ .fd = fd, .gates = json_array() };
    return r;
}

/* A process may print any bytes; those that are no plain ASCII become '?'. */
static json_t *plain(const char *words)
{
    char text[GRADE_SAYS];
    size_t n = 0;

    for (; words[n] && n + 1 < sizeof text; n++)
        text[n] = words[n] >= ' ' && words[n] <= '~' ? words[n] : '?';
    text[n] = '\0';
    return json_string(text);
}

static bool is_told(const struct record *r, const char *name)
{
    size_t i;
    json_t *gate;

    json_array_foreach (r->gates, i, gate)
        if (strcmp(json_string_value(json_object_get(gate, "gate")), name) == 0)
            return true;
    return false;
}

void record_gate(struct record *r, const struct grading *g, const char *name, bool passed,
                 int points, int of)
{
    if (is_told(r, name)) {
        fprintf(stderr, "twinbench: grade: the gate '%s' was told twice\n", name);
        abort();
    }
    const struct params *p = &g->timed;
    points = points < 0 ? 0 : points > of ? of : points;
    json_t *gate = json_pack("{s:s, s:b, s:i, s:i, s:o, s:s*, s:[I, I, I, I]}", "gate", name,
                             "passed", passed, "points", points, "of", of, "says", plain(g->says),
                             "takes", g->takes, "timed", (json_int_t)p->ops, (json_int_t)p->size,
                             (json_int_t)p->clients, (json_int_t)p->workers);
    json_array_append_new(r->gates, gate);
}

static void print(const struct record *r)
{
    size_t i;
    json_t *gate;

    json_array_foreach (r->gates, i, gate)
        printf("%-8s %-7s %2d/%-2d  %s\n", json_string_value(json_object_get(gate, "gate")),
               json_is_true(json_object_get(gate, "passed")) ? "passed" : "stopped",
               (int)json_integer_value(json_object_get(gate, "points")),
               (int)json_integer_value(json_object_get(gate, "of")),
               json_string_value(json_object_get(gate, "says")));
}

int record_end(struct record *r)
{
    int error = 0;

    if (r->fd < 0) {
        print(r);
    } else {
        json_t *whole = json_pack("{s:O}", "gates", r->gates);
        char *text = json_dumps(whole, JSON_COMPACT);
        error = text ? write_whole(r->fd, text, strlen(text)) : -ENOMEM;
        free(text);
        json_decref(whole);
    }
    json_decref(r->gates);
    free(r);
    return error;
}
