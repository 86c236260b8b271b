/* SPDX-License-Identifier: MIT */
/* units.h - a quantity in the unit that keeps it short. */
#ifndef UNITS_H
#define UNITS_H

/* Divide by `by` and write `word` behind. */
struct scale {
    double by;
    const char *word;
};

/* For quantities up to this one: "B" becomes B, KiB, MiB or GiB; "ns" and "ns/op" become ns,
 * us, ms or s; what is in another unit stays as it is. */
struct scale scale_for(const char *unit, double largest);

#endif
