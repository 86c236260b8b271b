/* SPDX-License-Identifier: MIT */
/* dwarf_unit.h - a unit is one source file with what it includes: a tree of entries.
 *
 * An entry is a function, or within one a call that was written out in place, with the addresses
 * that it covers.  An abbreviation tells which attributes an entry has, and in which form. */
#ifndef DWARF_UNIT_H
#define DWARF_UNIT_H

#include "look/dwarf.h"

#include <stdbool.h>

enum tag {
    TAG_LEXICAL_BLOCK = 0x0b,
    TAG_INLINED = 0x1d,
    TAG_FUNCTION = 0x2e,
    TAG_NAMESPACE = 0x39
};

struct unit {
    const struct dwarf *d;
    struct dwarf_work *work;
    const uint8_t *start; /* of its header: where references count from */
    struct reader rest;   /* its entries */
    struct reader abbrevs;
    unsigned version, offset_bytes;
    /* By its first entry. */
    uint64_t base, lines, str_offsets, addrs, rnglists;
    bool has_lines;
};

struct value {
    uint64_t form, n;
    const char *text; /* of FORM_STRING */
};

struct entry {
    uint64_t tag; /* 0: the end of a list of children */
    bool children;
    struct value name, low, high, ranges, origin, call_file, call_line, sibling;
    struct value lines, str_offsets, addrs, rnglists;
};

/* The next unit of the section; false: there is none. */
bool dwarf_unit_next(const struct dwarf *d, struct dwarf_work *work, struct reader *info,
                     struct unit *u);

/* Read the first entry of a unit, which is about the unit. */
void dwarf_unit_begin(struct unit *u, struct entry *e);

/* Remember where each abbreviation of u is, for its entries are read next. */
void dwarf_note_abbrevs(const struct unit *u);

/* The next entry.  Of what is no entry the tag is 0 and nothing may be left. */
void dwarf_entry(const struct unit *u, struct reader *r, struct entry *e);

/* The value of a form; implicit: of FORM_IMPLICIT_CONST, which stands in the abbreviation. */
struct value dwarf_value(const struct unit *u, struct reader *r, uint64_t form, int64_t implicit);

/* A value as a text; NULL: it is none. */
const char *dwarf_text(const struct unit *u, const struct value *v);

/* Is the address one of the entry's? */
bool dwarf_covers(const struct unit *u, const struct entry *e, uint64_t address);

/* What a function is called; NULL: nobody says.  *e may become the entry that says it. */
const char *dwarf_name(const struct unit *u, struct entry *e);

#endif
