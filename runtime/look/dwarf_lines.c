/* SPDX-License-Identifier: MIT */
/* dwarf_lines.c - the small machine that puts out the table of lines, row by row. */
#include "look/dwarf_lines.h"

bool dwarf_lines_begin(const struct unit *u, struct lines *l)
{
    struct reader r = reader_from(u->d->line, u->lines), head;
    unsigned offset_bytes = 4;
    uint64_t bytes = reader_number(&r, 4);

    *l = (struct lines){ .u = u };
    if (bytes == 0xffffffff) {
        bytes = reader_number(&r, 8);
        offset_bytes = 8;
    }
    l->program = r;
    reader_skip(&l->program, bytes);
    r.end = l->program.at;
    l->version = (unsigned)reader_number(&r, 2);
    if (l->version >= 5)
        reader_number(&r, 2);
    bytes = reader_number(&r, offset_bytes);
    head = r;
    reader_skip(&r, bytes);
    l->program = r;
    head.end = r.at;
    l->least = (unsigned)reader_number(&head, 1);
    if (l->version >= 4)
        reader_number(&head, 1);
    reader_number(&head, 1);
    l->base = (int8_t)reader_number(&head, 1);
    l->range = (unsigned)reader_number(&head, 1);
    l->opcodes = (unsigned)reader_number(&head, 1);
    l->lengths = head;
    reader_skip(&head, l->opcodes > 0 ? l->opcodes - 1 : 0);
    l->files = head;
    return l->range > 0 && l->opcodes > 0 && l->version >= 2 && l->version <= 5;
}

/* One list of DWARF 5, of folders or of files: entry `wanted` of it.  The reader ends behind it. */
static void listed(const struct lines *l, struct reader *r, uint64_t wanted, const char **name,
                   uint64_t *dir)
{
    enum { PATH = 1, DIRECTORY };
    struct reader forms;
    uint64_t kinds = reader_number(r, 1), n;

    forms = *r;
    for (uint64_t i = 0; i < 2 * kinds; i++)
        reader_uleb(r);
    n = reader_uleb(r);
    for (uint64_t i = 0; i < n && r->at < r->end; i++) {
        struct reader f = forms;

        for (uint64_t k = 0; k < kinds; k++) {
            uint64_t kind = reader_uleb(&f), form = reader_uleb(&f);
            struct value v = dwarf_value(l->u, r, form, 0);

            if (i == wanted && kind == PATH)
                *name = dwarf_text(l->u, &v);
            else if (i == wanted && kind == DIRECTORY)
                *dir = v.n;
        }
    }
}

/* The same up to DWARF 4: folders and files, counted from 1, each list ended by an empty text. */
static void listed_old(const struct lines *l, uint64_t wanted, const char **file, const char **dir)
{
    struct reader r = l->files, dirs = l->files;
    const char *s;
    uint64_t d = 0;

    while ((s = reader_string(&r)) && *s)
        ;
    for (uint64_t i = 1; (s = reader_string(&r)) && *s; i++) {
        d = reader_uleb(&r);
        reader_uleb(&r);
        reader_uleb(&r);
        if (i == wanted) {
            *file = s;
            break;
        }
    }
    for (uint64_t i = 1; *file && i <= d && (s = reader_string(&dirs)) && *s; i++)
        *dir = s;
}

void dwarf_file(const struct lines *l, uint64_t wanted, struct place *p)
{
    struct reader r = l->files;
    const char *unused = NULL;
    uint64_t dir = 0, no_dir = 0;

    p->dir = p->file = NULL;
    if (l->version < 5) {
        listed_old(l, wanted, &p->file, &p->dir);
        return;
    }
    listed(l, &r, UINT64_MAX, &unused, &no_dir);
    listed(l, &r, wanted, &p->file, &dir);
    r = l->files;
    if (dir > 0) /* the first is where it was compiled */
        listed(l, &r, dir, &p->dir, &no_dir);
}

/* The machine has put out `now`: does the row before cover the address? */
static bool row_covers(struct row *before, const struct row *now, uint64_t address, bool ends)
{
    if (before->valid && address >= before->address && address < now->address)
        return true;
    *before = *now;
    before->valid = !ends;
    return false;
}

/* An operation that begins with 0.  true: it ends the sequence. */
static bool extended(struct reader *r, struct row *now)
{
    enum { END_SEQUENCE = 1, SET_ADDRESS };
    uint64_t bytes = reader_uleb(r);
    struct reader body = *r;

    reader_skip(r, bytes);
    body.end = r->at;
    switch (reader_number(&body, 1)) {
    case END_SEQUENCE: return true;
    case SET_ADDRESS: now->address = reader_number(&body, 8); break;
    }
    return false;
}

bool dwarf_row(const struct lines *l, uint64_t address, struct row *found)
{
    enum { EXTENDED, COPY, ADVANCE_PC, ADVANCE_LINE, SET_FILE, CONST_ADD_PC = 8, FIXED_ADVANCE_PC };
    const struct row first = { .file = 1, .line = 1 };
    struct row now = first, before = { 0 };
    struct reader r = l->program;

    r.end = l->program.end;
    while (r.at < r.end) {
        unsigned op = (unsigned)reader_number(&r, 1);
        bool puts_out = false, ends = false;

        if (op >= l->opcodes) {
            now.address += (op - l->opcodes) / l->range * l->least;
            now.line += l->base + (int)((op - l->opcodes) % l->range);
            puts_out = true;
        } else if (op == EXTENDED) {
            puts_out = ends = extended(&r, &now);
        } else if (op == COPY) {
            puts_out = true;
        } else if (op == ADVANCE_PC) {
            now.address += reader_uleb(&r) * l->least;
        } else if (op == ADVANCE_LINE) {
            now.line += reader_sleb(&r);
        } else if (op == SET_FILE) {
            now.file = reader_uleb(&r);
        } else if (op == CONST_ADD_PC) {
            now.address += (255 - l->opcodes) / l->range * l->least;
        } else if (op == FIXED_ADVANCE_PC) {
            now.address += reader_number(&r, 2);
        } else {
            struct reader n = reader_from(l->lengths, op - 1);
            for (uint64_t i = reader_number(&n, 1); i > 0; i--)
                reader_uleb(&r);
        }
        if (puts_out && row_covers(&before, &now, address, ends)) {
            *found = before;
            return true;
        }
        if (ends)
            now = first;
    }
    return false;
}
