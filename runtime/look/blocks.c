/* SPDX-License-Identifier: MIT */
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

/* The last block is what malloc has not yet given away.  Whether any other is free, the tag of
 * the one behind it says.  Where the walk ended. */
static uintptr_t walk_blocks(struct stretch *s, uintptr_t first)
{
    uintptr_t c = first, next;

    for (; c + LEAST <= s->to; c = next) {
        size_t i = (c - s->from) / 16;

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
    s->from = from;
    s->to = to;
    return from % 16 == 0 && to - from >= LEAST && walk(s, from);
}

/* A part begins with four or more words: its arena, the part before it, its size.  In the first
 * part of an arena the arena itself follows, whose size differs between releases of glibc.
 * So the first block is searched: it is the one from which a walk ends at the right place. */
bool stretch_of_arena(struct stretch *s, uintptr_t from, uintptr_t to)
{
    enum { HEAD_LEAST = 32, HEAD_MOST = 4096 };
    const uint64_t *head = (const uint64_t *)from;

    s->from = from;
    if (to - from < HEAD_MOST || head[2] < HEAD_MOST || head[2] > to - from ||
        head[2] > ARENA_PART || head[2] % 4096)
        return false;
    s->to = from + head[2];
    for (uintptr_t first = from + HEAD_LEAST; first < from + HEAD_MOST; first += 16)
        if (walk(s, first))
            return true;
    return false;
}

/* The last block that begins not behind place i; SIZE_MAX: there is none. */
static size_t last_begin(const struct stretch *s, size_t i)
{
    size_t at = i / 64;
    uint64_t word = s->bits[at].begins << (63 - i % 64) >> (63 - i % 64);

    while (!word && at > 0)
        word = s->bits[--at].begins;
    return word ? at * 64 + 63 - (size_t)__builtin_clzll(word) : SIZE_MAX;
}

uintptr_t stretch_see(struct stretch *s, uintptr_t p)
{
    size_t i = p < s->from + USER ? SIZE_MAX : last_begin(s, (p - USER - s->from) / 16);

    if (i == SIZE_MAX || s->bits[i / 64].seen & bit(i))
        return 0;
    s->bits[i / 64].seen |= bit(i);
    return s->from + i * 16 + USER;
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
            bool begins = c % 16 == 0 && all[i].bits[place / 64].begins & bit(place);
            return begins ? after(c) - c : 0;
        }
    return 0;
}

/* It has a counter and a list for each of 64 sizes.  Where the counter is not 0, the list begins
 * with a block of that size. */
bool block_is_cache(uintptr_t block, const struct stretch *all, size_t n)
{
    enum { SIZES = 64, SMALLEST = 32 };
    struct cache {
        uint16_t counts[SIZES];
        uintptr_t first[SIZES];
    };
    const struct cache *c = (const struct cache *)block;
    bool any = false;

    if (after(block - USER) - (block - USER) != sizeof *c + USER)
        return false;
    for (size_t i = 0; i < SIZES; i++) {
        if ((c->counts[i] > 0) != (c->first[i] != 0))
            return false;
        if (c->counts[i] > 0 && size_of_block(all, n, c->first[i]) != SMALLEST + 16 * i)
            return false;
        any |= c->counts[i] > 0;
    }
    return any;
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
