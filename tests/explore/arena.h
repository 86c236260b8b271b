/* SPDX-License-Identifier: MIT */
/* arena.h - memory of one schedule: the same addresses in each, and nothing left over. */
#ifndef ARENA_H
#define ARENA_H

#include <stdint.h>

void arena_begin(void); /* from here on malloc() allocates in the arena */
void arena_end(void);
int arena_live(void);                          /* allocated and not freed */
const char *arena_trouble(void);               /* freed twice, written after free; or NULL */
uint64_t arena_offset(const volatile void *p); /* UINT64_MAX: p is not in it */

#endif
