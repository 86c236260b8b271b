/* SPDX-License-Identifier: MIT */
/* dwarf.c - as much of DWARF as a dump needs: from an address to functions and lines.
 *
 * Whatever the bytes say, nothing outside of the sections is read, and every loop consumes some. */
#include "look/dwarf.h"

#include "look/dwarf_lines.h"

/* The functions of u that cover the address, from the outermost inwards. */
static size_t functions_at(const struct unit *u, uint64_t address, struct entry *chain, size_t most)
{
    struct reader r = u->rest;
    size_t n = 0;
    int level = 1, level_of_function = 0;

    while (level > 0 && r.at < r.end) {
        struct entry e;
        bool within;

        dwarf_entry(u, &r, &e);
        if (!e.tag) {
            if (--level == level_of_function && n > 0)
                break;
            continue;
        }
        within = (e.tag == TAG_FUNCTION || (e.tag == TAG_INLINED && n > 0)) &&
                 dwarf_covers(u, &e, address);
        if (within && e.tag == TAG_FUNCTION) {
            n = 0;
            level_of_function = level;
        }
        if (within && n < most)
            chain[n++] = e;
        if (!e.children)
            continue;
        if (e.sibling.form && !within && e.tag != TAG_LEXICAL_BLOCK && e.tag != TAG_NAMESPACE &&
            u->start + e.sibling.n > r.at && u->start + e.sibling.n <= r.end)
            r.at = u->start + e.sibling.n; /* past its children */
        else
            level++;
    }
    return n;
}

static size_t places_of(const struct unit *u, uint64_t address, struct place *places, size_t most)
{
    struct entry chain[MOST_INLINED];
    size_t n;
    struct lines l;
    struct row row;
    bool lines = u->has_lines && dwarf_lines_begin(u, &l);

    dwarf_note_abbrevs(u);
    n = functions_at(u, address, chain, most < MOST_INLINED ? most : MOST_INLINED);
    for (size_t i = 0; i < n; i++) {
        struct place *p = &places[i];

        *p = (struct place){ 0 };
        if (lines && i == 0 && dwarf_row(&l, address, &row)) {
            dwarf_file(&l, row.file, p);
            p->line = (int)row.line;
        } else if (lines && i > 0) {
            dwarf_file(&l, chain[n - i].call_file.n, p);
            p->line = (int)chain[n - i].call_line.n;
        }
    }
    for (size_t i = 0; i < n; i++)
        places[i].func = dwarf_name(u, &chain[n - 1 - i]);
    return n;
}

size_t dwarf_find(const struct dwarf *d, struct dwarf_work *work, uint64_t address,
                  struct place *places, size_t most)
{
    struct reader info = d->info;
    struct unit u;
    struct entry e;

    while (info.at < info.end && dwarf_unit_next(d, work, &info, &u)) {
        dwarf_unit_begin(&u, &e);
        if (dwarf_covers(&u, &e, address))
            return places_of(&u, address, places, most);
    }
    return 0;
}
