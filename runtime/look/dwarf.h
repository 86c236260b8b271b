/* SPDX-License-Identifier: MIT */
/* dwarf.h - which lines, and which functions within others, an address belongs to, by what -g has
 * left in a file: DWARF 2 to 5, of 64 bits (dwarfstd.org). */
#ifndef DWARF_H
#define DWARF_H

#include "look/reader.h"
#include "look/symbols.h"

/* The sections .debug_info and so on; those that are not there are empty. */
struct dwarf {
    struct reader info, abbrev, line, str, line_str, ranges, rnglists, addr, str_offsets;
};

/* Where the abbreviations are of the unit that was looked into last. */
struct dwarf_work {
    const uint8_t *unit;
    const uint8_t *abbrev[4096];
};

/* As symbols_find(), of an address in the file; 0: nothing is known. */
size_t dwarf_find(const struct dwarf *d, struct dwarf_work *work, uint64_t address,
                  struct place *places, size_t most);

#endif
