/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>

#include "patterns/pools/buffer-per-message/order.pb-c.c" /* of order.proto, by make */

static const size_t lines_of[ORDERS] = { 2, 10, 30, 60 };

/* --- orders to send --- */

static void *must_alloc(size_t bytes)
{
    void *p = malloc(bytes);

    if (!p)
        panic("must_alloc: out of memory for %zu bytes", bytes);
    return p;
}

static char *words(const char *format, size_t n)
{
    char *text = must_alloc(128);

    snprintf(text, 128, format, n);
    return text;
}

static Shop__Line *line_make(size_t n)
{
    Shop__Line *l = must_alloc(sizeof *l);

    shop__line__init(l);
    l->article = words(
        "article %zu, in the size, the colour and the wrapping that were chosen on the page", n);
    l->count = (uint32_t)(1 + n % 5);
    l->cents = 99 + n * 250;
    return l;
}

static Shop__Order *order_make(size_t number, size_t lines)
{
    Shop__Order *o = must_alloc(sizeof *o);

    shop__order__init(o);
    o->number = 100000 + number;
    o->customer = words("customer %zu", number);
    o->n_lines = lines;
    o->lines = must_alloc(lines * sizeof *o->lines);
    for (size_t n = 0; n < lines; n++)
        o->lines[n] = line_make(n);
    o->note = number % 2 ? words("leave it with number %zu", number) : NULL;
    return o;
}

static void order_free(Shop__Order *o)
{
    for (size_t n = 0; n < o->n_lines; n++) {
        free(o->lines[n]->article);
        free(o->lines[n]);
    }
    free(o->lines);
    free(o->customer);
    free(o->note);
    free(o);
}

/* --- the scene --- */

static void *new_buffer(void *arg)
{
    (void)arg;
    return heap_alloc(LONGEST_ORDER);
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    for (size_t k = 0; k < ORDERS; k++)
        s->orders[k] = &order_make(k, lines_of[k])->base;
    s->buffers = pool_make(new_buffer, NULL, heap_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->buffers);
    for (size_t k = 0; k < ORDERS; k++)
        order_free((Shop__Order *)s->orders[k]);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 1024, 4096, 16384 },
    .dial_unit = "messages",
    .says = {
        { .column = "time", .bad = SLOWER },
        { .column = "time", .bad = SLOWER, .heap = HEAP_GLIBC },
        { .column = "time", .bad = SLOWER, .heap = HEAP_MIMALLOC },
    },
    .claims = {
        { .column = "gc_bytes", .bad = GROWS, .good = FLAT,
          .why = "a buffer a message, against one a task that is sending" },
        { .column = "gc_cycles", .bad = GROWS, .good = FLAT,
          .why = "what is not allocated need not be collected" },
        { .column = "time", .bad = SLOWER,
          .why = "measuring and packing take a microsecond or two, and finding a buffer with its share of the "
                 "collections half as much again" },
        { .column = "time", .heap = HEAP_GLIBC, .bad = SLOWER, .ratio = 1.25, .refuted = true,
          .why = "malloc keeps blocks of a few kilobytes at hand" },
        { .column = "time", .heap = HEAP_MIMALLOC, .bad = SLOWER, .ratio = 1.25, .refuted = true,
          .why = "as on glibc" },
    },
    .aged = {
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
        { .what = "packing into a fresh buffer is slower than into a pooled one", .since = "1.19",
          .claim = "time" },
        { .what = "but not three times as slow",
          .claim = "time", .under = 3 },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .gc = true,
};
