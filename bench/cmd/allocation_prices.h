/* SPDX-License-Identifier: MIT */
/* allocation_prices.h - where an object comes from, and what that costs at which size. */
#ifndef ALLOCATION_PRICES_H
#define ALLOCATION_PRICES_H

/* Register with gbench.h, for each power of two from 16 to 65,536 bytes,
 *
 *     sizes/HEAP/new/BYTES    an object from that heap (heap.h), zeroed, used and freed
 *     sizes/HEAP/pool/BYTES   one from a pool (pool.h), used as it is and put back
 *     sizes/HEAP/frame/BYTES  one in the frame, zeroed and used
 *
 * heap: the one that heap_use() was given. */
void allocation_prices_register(const char *heap);

#endif
