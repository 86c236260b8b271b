/* SPDX-License-Identifier: MIT */
/* blocks.c - tags read as malloc wrote them: nothing is asked of malloc, which may hold its locks.
 */
#include "look/blocks.h"

/* Of the boundary tag of a block at c: its size, with flags, at c + 8. */
enum { PREVIOUS_IN_USE = 1, FLAGS = 7, LEAST = 16, USER = 16 };

static uint64_t tag(uintptr_t c)
{
    return *(const uint64_t *)(c + 8);
}

static uintptr_t after(uintptr_t c)
{
    return c + (tag(c) & ~(uint64_t)FLAGS);
}

static uint64_t bit(size_t i)
{
    return (uint64_t)1 << i % 64;
}

size_t stretch_bits_bytes(size_t bytes)
{
    size_t n = bytes / 1024 + 1, words = 0;
    size_t of_bits = n * sizeof(struct blocks64);

    for (int k = 0; k < 3; k++)
        words += n = n / 64 + 1;
    return of_bits + words * sizeof(uint64_t);
}

void stretch_begin(struct stretch *s, uintptr_t from, uintptr_t to, void *memory)
{
    size_t n = (to - from) / 1024 + 1;
    uint64_t *words = (uint64_t *)((struct blocks64 *)memory + n);

    *s = (struct stretch){ .from = from, .to = to, .bits = memory };
    for (int k = 0; k < 3; k++) {
        s->waiting[k] = words;
        s->nwaiting[k] = n = n / 64 + 1;
        words += n;
    }
}

/* The last block is what malloc has not yet given away.  Whether any other is free, the tag of
 * the one behind it says.  Where the walk ended. */
static uintptr_t walk_blocks(struct stretch *s, uintptr_t first)
{
    enum { AHEAD = 2048 };
    uintptr_t c = first, next;

    for (; c + LEAST <= s->to; c = next) {
        size_t i = (c - s->from) / 16;

        __builtin_prefetch((const void *)(c + AHEAD)); /* the processor does so within a page */
        next = after(c);
        if (next < c + LEAST || next > s->to || next % 16)
            return c;
        s->bits[i / 64].begins |= bit(i);
        if (next == s->to || (next + LEAST <= s->to && !(tag(next) & PREVIOUS_IN_USE)))
            s->bits[i / 64].seen |= bit(i);
    }
    return c;
}

static bool walk(struct stretch *s, uintptr_t first)
{
    uintptr_t end = walk_blocks(s, first);

    for (size_t i = 0; end != s->to && i <= (end - s->from) / 16 / 64; i++)
        s->bits[i] = (struct blocks64){ 0, 0 };
    return end == s->to;
}

bool stretch_of_brk(struct stretch *s, uintptr_t from, uintptr_t to)
{
    return from % 16 == 0 && to - from >= LEAST && walk(s, from);
}

/* A part begins with four or more words: its arena, the part before it, its size.  In the first
 * part of an arena the arena itself follows, whose size differs between releases of glibc.
 * So the first block is searched: it is the one from which a walk ends at the right place. */
bool stretch_of_arena(struct stretch *s, uintptr_t from, uintptr_t to)
{
    enum { HEAD_LEAST = 32, HEAD_MOST = 4096 };
    const uint64_t *head = (const uint64_t *)from;

    if (to - from < HEAD_MOST || head[2] < HEAD_MOST || head[2] > to - from ||
        head[2] > ARENA_PART || head[2] % 4096)
        return false;
    s->to = from + head[2];
    for (uintptr_t first = from + HEAD_LEAST; first < from + HEAD_MOST; first += 16)
        if (walk(s, first))
            return true;
    return false;
}

static uint64_t begins(const struct blocks64 *b)
{
    return b->begins | b->seen;
}

static uint64_t waiting(const struct blocks64 *b)
{
    return b->seen & ~b->begins;
}

/* The last block that begins not behind place i; SIZE_MAX: there is none. */
static size_t last_begin(const struct stretch *s, size_t i)
{
    size_t at = i / 64;
    uint64_t word = begins(&s->bits[at]) << (63 - i % 64) >> (63 - i % 64);

    while (!word && at > 0)
        word = begins(&s->bits[--at]);
    return word ? at * 64 + 63 - (size_t)__builtin_clzll(word) : SIZE_MAX;
}

/* The place of the block that p points into, if it was not seen before; else SIZE_MAX. */
static size_t unseen(const struct stretch *s, uintptr_t p)
{
    size_t i = p < s->from + USER ? SIZE_MAX : last_begin(s, (p - USER - s->from) / 16);

    return i == SIZE_MAX || s->bits[i / 64].seen & bit(i) ? SIZE_MAX : i;
}

void stretch_leave_out(struct stretch *s, uintptr_t p)
{
    size_t i = unseen(s, p);

    if (i != SIZE_MAX)
        s->bits[i / 64].seen |= bit(i);
}

bool stretch_see(struct stretch *s, uintptr_t p)
{
    size_t i = unseen(s, p), at = i / 64;
    struct blocks64 *b = &s->bits[at];
    bool known;

    if (i == SIZE_MAX)
        return false;
    known = waiting(b);
    b->seen |= bit(i);
    b->begins &= ~bit(i);
    for (int k = 0; k < 3 && !known; k++, at /= 64) {
        known = s->waiting[k][at / 64];
        s->waiting[k][at / 64] |= bit(at);
    }
    return true;
}

/* The first of `bits`, from this one on, in which a block waits; SIZE_MAX: there is none. */
static size_t next_waiting(const struct stretch *s, size_t at)
{
    uint64_t word = 0;
    int k = 0;

    for (; k < 3; k++, at = at / 64 + 1) {
        if (at / 64 >= s->nwaiting[k])
            return SIZE_MAX;
        word = s->waiting[k][at / 64] >> at % 64 << at % 64;
        if (word)
            break;
    }
    if (k == 3) { /* `at` is one of the words of the last */
        while (at < s->nwaiting[2] && !s->waiting[2][at])
            at++;
        if (at == s->nwaiting[2])
            return SIZE_MAX;
        k = 2;
        word = s->waiting[2][at];
        at *= 64;
    }
    for (;;) {
        at = at / 64 * 64 + (size_t)__builtin_ctzll(word);
        if (k == 0)
            return at;
        word = s->waiting[--k][at];
        at *= 64;
    }
}

uintptr_t stretch_take(struct stretch *s)
{
    struct blocks64 *b;
    uint64_t one;

    if (!waiting(&s->bits[s->at])) {
        size_t at = next_waiting(s, s->at);

        s->at = at != SIZE_MAX ? at : next_waiting(s, 0);
    }
    if (s->at == SIZE_MAX) {
        s->at = 0;
        return 0;
    }
    b = &s->bits[s->at];
    one = waiting(b) & -waiting(b);
    b->begins |= one;
    for (size_t k = 0, at = s->at, left = waiting(b); k < 3 && !left; k++, at /= 64)
        left = s->waiting[k][at / 64] &= ~bit(at);
    return s->from + (s->at * 64 + (size_t)__builtin_ctzll(one)) * 16 + USER;
}

/* The user's memory reaches over the first word of the next block's tag. */
uintptr_t block_end(uintptr_t block)
{
    return after(block - USER) + 8;
}

/* With its tag.  0: none begins there. */
static size_t size_of_block(const struct stretch *all, size_t n, uintptr_t block)
{
    uintptr_t c = block - USER;

    for (size_t i = 0; i < n; i++)
        if (c >= all[i].from && c < all[i].to) {
            size_t place = (c - all[i].from) / 16;
            bool is_one = c % 16 == 0 && begins(&all[i].bits[place / 64]) & bit(place);
            return is_one ? after(c) - c : 0;
        }
    return 0;
}

/* Do these lists begin with blocks of their sizes, and does each counter tell whether its list is
 * empty?  The sizes rise by 16 from 32 on; of the lists above them a block may have any. */
static bool are_lists(const uint16_t *counts, const uintptr_t *first, size_t lists, uint16_t empty,
                      const struct stretch *all, size_t n)
{
    enum { SIZES = 64, SMALLEST = 32 };
    bool any = false;

    for (size_t i = 0; i < lists; i++) {
        size_t size = first[i] ? size_of_block(all, n, first[i]) : 0;

        if ((counts[i] == empty) != (first[i] == 0) || (first[i] && !size) ||
            (first[i] && i < SIZES && size != SMALLEST + 16 * i))
            return false;
        any |= first[i] != 0;
    }
    return any;
}

/* How many lists a cache of this size has: 64 until glibc 2.41, 76 since 2.42.  0: it is none. */
enum { LISTS_BEFORE = 64, LISTS_NOW = 76 };
static size_t lists_in(uintptr_t block)
{
    static const size_t lists[] = { LISTS_BEFORE, LISTS_NOW };
    size_t bytes = block_end(block) - block;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        size_t needs = lists[i] * (sizeof(uint16_t) + sizeof(uintptr_t));

        if (bytes >= needs && bytes < needs + 16)
            return lists[i];
    }
    return 0;
}

/* The counters, one for each list, come first.  They told how many blocks are in a list; now it is
 * how many more it may take, of all lists as many while they are empty. */
bool block_is_cache(uintptr_t block, const struct stretch *all, size_t n)
{
    size_t lists = lists_in(block);
    const uint16_t *counts = (const uint16_t *)block;
    uint16_t empty = 0;

    for (size_t i = 0; lists == LISTS_NOW && i < lists; i++)
        if (counts[i] > empty)
            empty = counts[i];
    return lists && are_lists(counts, (const uintptr_t *)(counts + lists), lists, empty, all, n);
}

/* struct malloc_state has ten lists, the last block of all, a remainder, and 254 pointers that
 * are two for each list: to blocks or, of an empty one, back into the lists. */
size_t first_arena_find(const struct stretch *brk, uintptr_t from, uintptr_t to, uintptr_t *arena)
{
    enum { FAST = 10, REST = 2, LISTS = 254 };
    size_t last = last_begin(brk, (brk->to - brk->from) / 16 - 1);
    uintptr_t top = last == SIZE_MAX ? 0 : brk->from + last * 16;

    for (uintptr_t at = from + FAST * 8; top && at + (REST + LISTS) * 8 <= to; at += 8) {
        const uintptr_t *words = (const uintptr_t *)at;
        size_t n = REST;

        while (words[0] == top && n < REST + LISTS &&
               ((words[n] >= brk->from && words[n] < brk->to) ||
                (words[n] >= at && words[n] < at + (REST + LISTS) * 8)))
            n++;
        if (n < REST + LISTS)
            continue;
        *arena = at - FAST * 8;
        return (FAST + REST + LISTS) * 8;
    }
    return 0;
}
