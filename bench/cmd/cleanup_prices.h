/* SPDX-License-Identifier: MIT */
/* cleanup_prices.h - the price of a registered cleanup. */
#ifndef CLEANUP_PRICES_H
#define CLEANUP_PRICES_H

/* Register with gbench.h, for each KIND (plain, open, attribute, stack, heap, pthread) and
 * each N (1, 4, 16, 64), "kinds/KIND/function/N" and "kinds/KIND/loop/N": N cleanups of that
 * kind one below the other in a function, and in a loop.  An iteration is one cleanup,
 * registered and run; the counter "bytes" is what one takes until then. */
void cleanup_prices_register(void);

#endif
