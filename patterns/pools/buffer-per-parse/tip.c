/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <jansson.h>

#include "task.h"

/* The file's bytes, as they are, between two symbols.  Make runs at the root of
 * the tree, and so do its paths. */
/* clang-format off */
#define EMBED(name, file)                                                     \
    __asm__(".section .rodata\n"                                              \
            #name ": .incbin \"patterns/pools/data/" file "\"\n"              \
            #name "_end: .byte 0\n"                                           \
            ".previous\n");                                                   \
    extern const char name[] __attribute__((visibility("hidden")));           \
    extern const char name##_end[] __attribute__((visibility("hidden")))
/* clang-format on */

EMBED(parse_config, "config.json");
EMBED(parse_log_lines, "log-lines.json");
EMBED(parse_orders, "orders.json");
EMBED(parse_parcels, "parcels.json");

static uint64_t weigh(const json_t *value);

static uint64_t weigh_object(const json_t *object)
{
    uint64_t weight = 0;
    const char *name;
    json_t *member;

    json_object_foreach ((json_t *)object, name, member)
        weight += strlen(name) + weigh(member);
    return weight;
}

static uint64_t weigh_array(const json_t *array)
{
    uint64_t weight = 0;

    for (size_t k = 0; k < json_array_size(array); k++)
        weight += weigh(json_array_get(array, k));
    return weight;
}

static uint64_t weigh(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return 1 + weigh_object(value);
    case JSON_ARRAY: return 1 + weigh_array(value);
    case JSON_STRING: return 1 + json_string_length(value);
    default: return 1;
    }
}

uint64_t body_weigh(const char *body, size_t bytes)
{
    json_error_t error;
    json_t *tree = json_loadb(body, bytes, 0, &error);

    if (!tree)
        panic("body_weigh: line %d: %s", error.line, error.text);
    uint64_t weight = weigh(tree);
    json_decref(tree);
    return weight;
}

static void *new_body(void *arg)
{
    (void)arg;
    return heap_alloc(LONGEST_BODY);
}

static void setup(struct scene *s, const struct params *p)
{
    const struct document documents[DOCUMENTS] = {
        { parse_config, (size_t)(parse_config_end - parse_config) },
        { parse_log_lines, (size_t)(parse_log_lines_end - parse_log_lines) },
        { parse_orders, (size_t)(parse_orders_end - parse_orders) },
        { parse_parcels, (size_t)(parse_parcels_end - parse_parcels) },
    };

    (void)p;
    memcpy(s->documents, documents, sizeof documents);
    s->bodies = pool_make(new_body, NULL, heap_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->bodies);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 32, 256, 2048 }, /* far apart: one buffer too long alive makes it a third fewer cycles */
    .dial_unit = "documents",
    .says = {
        { .column = "time", .bad = SLOWER },
        { .column = "time", .bad = SLOWER, .heap = HEAP_GLIBC },
        { .column = "time", .bad = SLOWER, .heap = HEAP_MIMALLOC },
    },
    .claims = {
        { .column = "gc_bytes", .bad = GROWS, .good = FLAT,
          .why = "a buffer a request, against one a task that is parsing",
          .go.why = "encoding/json puts every parsed value on the collected heap too: with a pooled "
                    "buffer five sixths of the bytes are still allocated for each request" },
        { .column = "gc_cycles", .bad = GROWS, .good = FLAT,
          .why = "what is not allocated need not be collected",
          .go.why = "the parsed values are collected too, buffer or not: a sixth of the collections "
                    "is saved" },
        { .column = "time", .bad = SLOWER, .refuted = true,
          .why = "the parser takes some four hundred microseconds, the buffer with its share of the "
                 "collections about a fiftieth of that: the collections are gone, and nobody waits less" },
        { .column = "time", .heap = HEAP_GLIBC, .bad = SLOWER, .ratio = 1.25, .refuted = true,
          .why = "a buffer that is freed at the end of glibc's heap may give its pages back to the kernel, "
                 "to be asked for again: some percent of a parse" },
        { .column = "time", .heap = HEAP_MIMALLOC, .bad = SLOWER, .ratio = 1.25, .refuted = true,
          .why = "malloc and free of a buffer are some ten nanoseconds together" },
    },
    .aged = {
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
        { .what = "encoding/json parses by encoding/json/v2", .since = "1.27",
          .probe = "json-is-new", .cited = "go.dev/doc/go1.27 (jsonv2)" },
        { .what = "a parse takes at least 1.2 times as long as in the release before", .since = "1.27",
          .claim = "time", .least = 1.2, .than_before = true },
        { .what = "a fresh buffer makes a parse less than a quarter slower",
          .claim = "time", .under = 1.25 },
        { .what = "the collector looks at small objects a page at a time", .since = "1.26",
          .cited = "go.dev/doc/go1.26 (runtime)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .gc = true,
};
