/* SPDX-License-Identifier: MIT */
/* dwarf_lines.h - which line of which file an address belongs to.
 *
 * A unit has a program for a small machine, whose output is the table of lines. */
#ifndef DWARF_LINES_H
#define DWARF_LINES_H

#include "look/dwarf_unit.h"

struct lines {
    const struct unit *u;
    struct reader files; /* the header, from its list of folders on */
    struct reader program;
    struct reader lengths; /* how many numbers an operation has that we do not know */
    unsigned version, least, range, opcodes;
    int base;
};

struct row {
    uint64_t address, file;
    int64_t line;
    bool valid;
};

/* The header of the program of a unit that has lines.  false: it is none that can be read. */
bool dwarf_lines_begin(const struct unit *u, struct lines *l);

/* Run it up to the row that covers the address.  false: none does. */
bool dwarf_row(const struct lines *l, uint64_t address, struct row *found);

/* The file of that number, and its folder, into *p; NULL: nothing is said. */
void dwarf_file(const struct lines *l, uint64_t wanted, struct place *p);

#endif
