/* SPDX-License-Identifier: MIT */
/* blocks.h - where each block of glibc's malloc begins and ends.
 *
 * glibc has no function that lists its blocks, but its memory can be walked: before each block
 * stands its size, and the next one begins behind it.  A walk that arrives exactly at the end
 * of its stretch has met every block.  (glibc, malloc/malloc.c: "chunks of memory are maintained
 * using a boundary tag method"; arenas other than the first: malloc/arena.c, heap_info.)
 *
 * Blocks that have a mapping of their own, from 128 KiB on, are not met; nor are those of
 * another malloc. */
#ifndef LOOK_BLOCKS_H
#define LOOK_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 64 times 16 bytes.  Both words are asked for together. */
struct blocks64 {
    uint64_t begins; /* a block begins there; it waits if this is 0 and seen is 1 */
    uint64_t seen;   /* it was reached */
};

/* Memory of malloc that was walked. */
struct stretch {
    uintptr_t from, to;
    struct blocks64 *bits;
    /* Where blocks wait: a bit for each of `bits` that has one; a bit for each of these words that
     * is not 0; and so on. */
    uint64_t *waiting[3];
    size_t nwaiting[3]; /* words */
    size_t at;          /* of `bits`, where the last was taken */
};

/* So much memory must it have for its bits, for so many bytes. */
size_t stretch_bits_bytes(size_t bytes);

/* It is [from, to), with this memory, which is zeroed, for its bits. */
void stretch_begin(struct stretch *s, uintptr_t from, uintptr_t to, void *memory);

/* Walk the first arena, [from, to): all that brk() gave.  Bits are set, which all are zero.  What
 * is free counts as seen.  false: it does not end where it should. */
bool stretch_of_brk(struct stretch *s, uintptr_t from, uintptr_t to);

/* The same for a part of another arena, which begins at from; it says itself where it ends. */
bool stretch_of_arena(struct stretch *s, uintptr_t from, uintptr_t to);
#define ARENA_PART ((uintptr_t)64 << 20) /* they begin at multiples of this */

/* Ask for what stretch_see() will read. */
static inline void stretch_prefetch(const struct stretch *s, uintptr_t p)
{
    __builtin_prefetch(&s->bits[(p - s->from) / 1024]);
}

/* The block that p, inside of s, points into, is seen from now on and waits to be taken.  false: it
 * was seen before, or there is none. */
bool stretch_see(struct stretch *s, uintptr_t p);

/* The same, but it does not wait. */
void stretch_leave_out(struct stretch *s, uintptr_t p);

/* Take a block that waits: the next one behind the last that was taken, or else the first.  0: none
 * waits.  Each such round finds what lies in one page while that page is known to the processor,
 * whatever order it was seen in. */
uintptr_t stretch_take(struct stretch *s);

uintptr_t block_end(uintptr_t block);

/* Whether it is a thread's cache of free blocks (struct tcache_perthread_struct of glibc, in the
 * two forms that it had since 2.30): what it points to is free. */
bool block_is_cache(uintptr_t block, const struct stretch *all, size_t n);

/* Where the first arena is, in [from, to), which is mapped: its lists of free blocks point to
 * tags, and so into the block before.  How many bytes it has; 0: it is not there. */
size_t first_arena_find(const struct stretch *brk, uintptr_t from, uintptr_t to, uintptr_t *arena);

#endif
