/* SPDX-License-Identifier: MIT */
/* dwarf.c - as much of DWARF as a dump needs.
 *
 * A unit is one source file with what it includes.  It is a tree of entries: functions, and within
 * them the calls that were written out in place, each with the addresses that it covers.  An
 * abbreviation tells which attributes an entry has, and in which form.  A unit also has a program
 * for a small machine, whose output is the table of lines.
 *
 * Whatever the bytes say, nothing outside of the sections is read, and every loop consumes some. */
#include "look/dwarf.h"

#include <stdbool.h>
#include <string.h>

enum tag {
    TAG_LEXICAL_BLOCK = 0x0b,
    TAG_INLINED = 0x1d,
    TAG_FUNCTION = 0x2e,
    TAG_NAMESPACE = 0x39
};

enum attribute {
    AT_SIBLING = 0x01,
    AT_NAME = 0x03,
    AT_LINES = 0x10,
    AT_LOW = 0x11,
    AT_HIGH = 0x12,
    AT_ORIGIN = 0x31,
    AT_SPECIFICATION = 0x47,
    AT_RANGES = 0x55,
    AT_CALL_FILE = 0x58,
    AT_CALL_LINE = 0x59,
    AT_STR_OFFSETS = 0x72,
    AT_ADDR_BASE = 0x73,
    AT_RNGLISTS_BASE = 0x74
};

enum form {
    FORM_ADDR = 0x01,
    FORM_BLOCK2 = 0x03,
    FORM_BLOCK4,
    FORM_DATA2,
    FORM_DATA4,
    FORM_DATA8,
    FORM_STRING,
    FORM_BLOCK,
    FORM_BLOCK1,
    FORM_DATA1,
    FORM_FLAG,
    FORM_SDATA,
    FORM_STRP,
    FORM_UDATA,
    FORM_REF_ADDR,
    FORM_REF1,
    FORM_REF2,
    FORM_REF4,
    FORM_REF8,
    FORM_REF_UDATA,
    FORM_INDIRECT,
    FORM_SEC_OFFSET,
    FORM_EXPRLOC,
    FORM_FLAG_PRESENT,
    FORM_STRX,
    FORM_ADDRX,
    FORM_REF_SUP4,
    FORM_STRP_SUP,
    FORM_DATA16,
    FORM_LINE_STRP,
    FORM_REF_SIG8,
    FORM_IMPLICIT_CONST,
    FORM_LOCLISTX,
    FORM_RNGLISTX,
    FORM_REF_SUP8,
    FORM_STRX1,
    FORM_STRX2,
    FORM_STRX3,
    FORM_STRX4,
    FORM_ADDRX1,
    FORM_ADDRX2,
    FORM_ADDRX3,
    FORM_ADDRX4,
    FORM_GNU_REF_ALT = 0x1f20,
    FORM_GNU_STRP_ALT
};

/* --- bytes --- */

static uint64_t number(struct reader *r, size_t bytes)
{
    uint64_t v = 0;

    if ((size_t)(r->end - r->at) < bytes) {
        r->at = r->end;
        return 0;
    }
    memcpy(&v, r->at, bytes); /* both processors are little-endian */
    r->at += bytes;
    return v;
}

static uint64_t uleb(struct reader *r)
{
    uint64_t v = 0;

    for (unsigned shift = 0; r->at < r->end; shift += 7) {
        uint8_t byte = *r->at++;
        v |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        if (!(byte & 0x80))
            break;
    }
    return v;
}

static int64_t sleb(struct reader *r)
{
    uint64_t v = 0;
    unsigned shift = 0;
    uint8_t byte = 0;

    while (r->at < r->end) {
        byte = *r->at++;
        v |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        shift += 7;
        if (!(byte & 0x80))
            break;
    }
    return (int64_t)(byte & 0x40 && shift < 64 ? v | ~(uint64_t)0 << shift : v);
}

static void skip(struct reader *r, uint64_t bytes)
{
    r->at = bytes < (uint64_t)(r->end - r->at) ? r->at + bytes : r->end;
}

static struct reader from(struct reader section, uint64_t offset)
{
    skip(&section, offset);
    return section;
}

const char *reader_text(struct reader r, uint64_t offset)
{
    skip(&r, offset);
    return r.at < r.end && memchr(r.at, 0, (size_t)(r.end - r.at)) ? (const char *)r.at : NULL;
}

static const char *text(struct reader *r)
{
    const char *s = reader_text(*r, 0);

    skip(r, s ? strlen(s) + 1 : UINT64_MAX);
    return s;
}

/* --- units and their entries --- */

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
static bool unit_next(const struct dwarf *d, struct dwarf_work *work, struct reader *info,
                      struct unit *u)
{
    uint64_t bytes, abbrevs;
    unsigned type = 1;

    *u = (struct unit){ .d = d, .work = work, .start = info->at, .offset_bytes = 4 };
    bytes = number(info, 4);
    if (bytes == 0xffffffff) {
        bytes = number(info, 8);
        u->offset_bytes = 8;
    }
    if (!bytes)
        return false;
    u->rest = *info;
    skip(info, bytes);
    u->rest.end = info->at;
    u->version = (unsigned)number(&u->rest, 2);
    if (u->version >= 5)
        type = (unsigned)number(&u->rest, 2) & 0xff; /* and the size of an address */
    abbrevs = number(&u->rest, u->offset_bytes);
    if (u->version < 5)
        number(&u->rest, 1);
    else if (type == 2 || type == 6) /* of types: a signature, an offset */
        skip(&u->rest, 8 + u->offset_bytes);
    else if (type == 4 || type == 5) /* of split DWARF */
        skip(&u->rest, 8);
    u->abbrevs = from(d->abbrev, abbrevs);
    return true;
}

/* Go over the rest of an abbreviation. */
static void abbrev_skip(struct reader *r)
{
    uint64_t attribute, form;

    uleb(r); /* the tag */
    number(r, 1);
    do {
        attribute = uleb(r);
        form = uleb(r);
        if (form == FORM_IMPLICIT_CONST)
            sleb(r);
    } while ((attribute || form) && r->at < r->end);
}

/* Remember where each abbreviation of u is. */
static void abbrevs_note(const struct unit *u)
{
    enum { MOST = sizeof u->work->abbrev / sizeof u->work->abbrev[0] };
    struct reader r = u->abbrevs;
    uint64_t code;

    u->work->unit = u->start;
    memset(u->work->abbrev, 0, sizeof u->work->abbrev);
    while ((code = uleb(&r))) {
        if (code < MOST)
            u->work->abbrev[code] = r.at;
        abbrev_skip(&r);
    }
}

static struct reader abbrev_find(const struct unit *u, uint64_t wanted)
{
    enum { MOST = sizeof u->work->abbrev / sizeof u->work->abbrev[0] };
    struct reader r = u->abbrevs;
    uint64_t code;

    if (u->work->unit == u->start && wanted < MOST) {
        r.at = u->work->abbrev[wanted] ? u->work->abbrev[wanted] : r.end;
        return r;
    }
    while ((code = uleb(&r)) && code != wanted)
        abbrev_skip(&r);
    if (!code)
        r.at = r.end;
    return r;
}

static size_t fixed_bytes(uint64_t form)
{
    switch (form) {
    case FORM_DATA1:
    case FORM_FLAG:
    case FORM_REF1:
    case FORM_STRX1:
    case FORM_ADDRX1: return 1;
    case FORM_DATA2:
    case FORM_REF2:
    case FORM_STRX2:
    case FORM_ADDRX2: return 2;
    case FORM_STRX3:
    case FORM_ADDRX3: return 3;
    case FORM_DATA4:
    case FORM_REF4:
    case FORM_STRX4:
    case FORM_ADDRX4:
    case FORM_REF_SUP4: return 4;
    case FORM_ADDR:
    case FORM_DATA8:
    case FORM_REF8:
    case FORM_REF_SIG8:
    case FORM_REF_SUP8: return 8;
    default: return 0;
    }
}

static struct value value_read(const struct unit *u, struct reader *r, uint64_t form,
                               int64_t implicit)
{
    struct value v = { .form = form };
    size_t bytes = fixed_bytes(form);

    if (bytes) {
        v.n = number(r, bytes);
        return v;
    }
    switch (form) {
    case FORM_SDATA: v.n = (uint64_t)sleb(r); break;
    case FORM_UDATA:
    case FORM_REF_UDATA:
    case FORM_STRX:
    case FORM_ADDRX:
    case FORM_LOCLISTX:
    case FORM_RNGLISTX: v.n = uleb(r); break;
    case FORM_STRP:
    case FORM_LINE_STRP:
    case FORM_SEC_OFFSET:
    case FORM_REF_ADDR:
    case FORM_STRP_SUP:
    case FORM_GNU_REF_ALT:
    case FORM_GNU_STRP_ALT: v.n = number(r, u->offset_bytes); break;
    case FORM_STRING: v.text = text(r); break;
    case FORM_FLAG_PRESENT: v.n = 1; break;
    case FORM_IMPLICIT_CONST: v.n = (uint64_t)implicit; break;
    case FORM_DATA16: skip(r, 16); break;
    case FORM_BLOCK1: skip(r, number(r, 1)); break;
    case FORM_BLOCK2: skip(r, number(r, 2)); break;
    case FORM_BLOCK4: skip(r, number(r, 4)); break;
    case FORM_BLOCK:
    case FORM_EXPRLOC: skip(r, uleb(r)); break;
    case FORM_INDIRECT: {
        uint64_t real = uleb(r);
        return real == FORM_INDIRECT ? v : value_read(u, r, real, 0);
    }
    default: r->at = r->end; /* its length is not known */
    }
    return v;
}

static struct value *field_of(struct entry *e, uint64_t attribute)
{
    switch (attribute) {
    case AT_SIBLING: return &e->sibling;
    case AT_NAME: return &e->name;
    case AT_LINES: return &e->lines;
    case AT_LOW: return &e->low;
    case AT_HIGH: return &e->high;
    case AT_ORIGIN:
    case AT_SPECIFICATION: return &e->origin;
    case AT_RANGES: return &e->ranges;
    case AT_CALL_FILE: return &e->call_file;
    case AT_CALL_LINE: return &e->call_line;
    case AT_STR_OFFSETS: return &e->str_offsets;
    case AT_ADDR_BASE: return &e->addrs;
    case AT_RNGLISTS_BASE: return &e->rnglists;
    default: return NULL;
    }
}

static void entry_read(const struct unit *u, struct reader *r, struct entry *e)
{
    uint64_t code = uleb(r), attribute, form;
    struct reader abbrev;

    *e = (struct entry){ 0 };
    if (!code)
        return;
    abbrev = abbrev_find(u, code);
    e->tag = uleb(&abbrev);
    e->children = number(&abbrev, 1);
    if (!e->tag)
        r->at = r->end; /* an abbreviation that is not there */
    while (abbrev.at < abbrev.end) {
        struct value *field, v;
        int64_t implicit;

        attribute = uleb(&abbrev);
        form = uleb(&abbrev);
        implicit = form == FORM_IMPLICIT_CONST ? sleb(&abbrev) : 0;
        if (!attribute && !form)
            return;
        v = value_read(u, r, form, implicit);
        if ((field = field_of(e, attribute)))
            *field = v;
    }
}

/* --- what values mean --- */

/* Number i of a table that begins at `base`. */
static uint64_t indexed(struct reader section, uint64_t base, uint64_t i, size_t bytes)
{
    struct reader r = from(section, base + i * bytes);

    return number(&r, bytes);
}

static uint64_t address_of(const struct unit *u, const struct value *v)
{
    switch (v->form) {
    case FORM_ADDRX:
    case FORM_ADDRX1:
    case FORM_ADDRX2:
    case FORM_ADDRX3:
    case FORM_ADDRX4: return indexed(u->d->addr, u->addrs, v->n, 8);
    default: return v->n;
    }
}

static const char *text_of(const struct unit *u, const struct value *v)
{
    switch (v->form) {
    case FORM_STRING: return v->text;
    case FORM_STRP: return reader_text(u->d->str, v->n);
    case FORM_LINE_STRP: return reader_text(u->d->line_str, v->n);
    case FORM_STRX:
    case FORM_STRX1:
    case FORM_STRX2:
    case FORM_STRX3:
    case FORM_STRX4:
        return reader_text(u->d->str,
                           indexed(u->d->str_offsets, u->str_offsets, v->n, u->offset_bytes));
    default: return NULL;
    }
}

/* The ranges of DWARF 2 to 4: pairs of addresses, counted from the base. */
static bool in_old_ranges(const struct unit *u, uint64_t offset, uint64_t address)
{
    struct reader r = from(u->d->ranges, offset);
    uint64_t base = u->base;

    while (r.at < r.end) {
        uint64_t low = number(&r, 8), high = number(&r, 8);

        if (!low && !high)
            return false;
        if (low == UINT64_MAX)
            base = high;
        else if (address >= base + low && address < base + high)
            return true;
    }
    return false;
}

static bool in_new_ranges(const struct unit *u, uint64_t offset, uint64_t address)
{
    enum { END, BASE_X, START_X_END_X, START_X_LENGTH, PAIR, BASE, START_END, START_LENGTH };
    struct reader r = from(u->d->rnglists, offset), addrs = u->d->addr;
    uint64_t base = u->base;

    while (r.at < r.end) {
        uint64_t low = 0, high = 0;

        switch (number(&r, 1)) {
        case BASE_X: base = indexed(addrs, u->addrs, uleb(&r), 8); continue;
        case START_X_END_X:
            low = indexed(addrs, u->addrs, uleb(&r), 8);
            high = indexed(addrs, u->addrs, uleb(&r), 8);
            break;
        case START_X_LENGTH:
            low = indexed(addrs, u->addrs, uleb(&r), 8);
            high = low + uleb(&r);
            break;
        case PAIR:
            low = base + uleb(&r);
            high = base + uleb(&r);
            break;
        case BASE: base = number(&r, 8); continue;
        case START_END:
            low = number(&r, 8);
            high = number(&r, 8);
            break;
        case START_LENGTH:
            low = number(&r, 8);
            high = low + uleb(&r);
            break;
        default: return false;
        }
        if (address >= low && address < high)
            return true;
    }
    return false;
}

static bool covers(const struct unit *u, const struct entry *e, uint64_t address)
{
    uint64_t low, high;

    if (e->ranges.form && u->version < 5)
        return in_old_ranges(u, e->ranges.n, address);
    if (e->ranges.form == FORM_RNGLISTX)
        return in_new_ranges(
            u, u->rnglists + indexed(u->d->rnglists, u->rnglists, e->ranges.n, u->offset_bytes),
            address);
    if (e->ranges.form)
        return in_new_ranges(u, e->ranges.n, address);
    if (!e->low.form || !e->high.form)
        return false;
    low = address_of(u, &e->low);
    high = address_of(u, &e->high);
    switch (e->high.form) {
    case FORM_ADDR:
    case FORM_ADDRX:
    case FORM_ADDRX1:
    case FORM_ADDRX2:
    case FORM_ADDRX3:
    case FORM_ADDRX4: break;
    default: high += low;
    }
    return address >= low && address < high;
}

/* Read the first entry, which is about the unit. */
static void unit_begin(struct unit *u, struct entry *e)
{
    entry_read(u, &u->rest, e);
    u->str_offsets = e->str_offsets.n;
    u->addrs = e->addrs.n;
    u->rnglists = e->rnglists.n;
    u->has_lines = e->lines.form;
    u->lines = e->lines.n;
    u->base = e->low.form ? address_of(u, &e->low) : 0;
}

/* The unit in which an entry lies, by its offset in the section. */
static bool unit_at(const struct unit *near, uint64_t offset, struct unit *u)
{
    struct reader info = near->d->info;
    const uint8_t *at = info.at + offset;
    struct entry e;

    if (at >= near->start && at < near->rest.end) {
        *u = *near;
        return true;
    }
    while (unit_next(near->d, near->work, &info, u))
        if (at < info.at) {
            unit_begin(u, &e);
            return true;
        }
    return false;
}

/* The name may be said where the function is declared, or where it is not inlined. */
static const char *name_of(const struct unit *u, struct entry *e)
{
    struct unit here = *u;

    for (int hops = 0; hops < 4 && !e->name.form && e->origin.form; hops++) {
        uint64_t offset = e->origin.n;
        struct unit there;
        struct reader r;

        if (e->origin.form == FORM_GNU_REF_ALT || e->origin.form == FORM_REF_SIG8)
            return NULL;
        if (e->origin.form != FORM_REF_ADDR)
            offset += (uint64_t)(here.start - here.d->info.at);
        if (offset >= (uint64_t)(here.d->info.end - here.d->info.at) ||
            !unit_at(&here, offset, &there))
            return NULL;
        here = there;
        r = (struct reader){ here.d->info.at + offset, here.rest.end };
        entry_read(&here, &r, e);
    }
    return text_of(&here, &e->name);
}

/* --- lines --- */

struct lines {
    const struct unit *u;
    struct reader files; /* the header, from its list of folders on */
    struct reader program;
    struct reader lengths; /* how many numbers an operation has that we do not know */
    unsigned version, least, range, opcodes;
    int base;
};

static bool lines_begin(const struct unit *u, struct lines *l)
{
    struct reader r = from(u->d->line, u->lines), head;
    unsigned offset_bytes = 4;
    uint64_t bytes = number(&r, 4);

    *l = (struct lines){ .u = u };
    if (bytes == 0xffffffff) {
        bytes = number(&r, 8);
        offset_bytes = 8;
    }
    l->program = r;
    skip(&l->program, bytes);
    r.end = l->program.at;
    l->version = (unsigned)number(&r, 2);
    if (l->version >= 5)
        number(&r, 2);
    bytes = number(&r, offset_bytes);
    head = r;
    skip(&r, bytes);
    l->program = r;
    head.end = r.at;
    l->least = (unsigned)number(&head, 1);
    if (l->version >= 4)
        number(&head, 1);
    number(&head, 1);
    l->base = (int8_t)number(&head, 1);
    l->range = (unsigned)number(&head, 1);
    l->opcodes = (unsigned)number(&head, 1);
    l->lengths = head;
    skip(&head, l->opcodes > 0 ? l->opcodes - 1 : 0);
    l->files = head;
    return l->range > 0 && l->opcodes > 0 && l->version >= 2 && l->version <= 5;
}

/* One list of DWARF 5, of folders or of files: entry `wanted` of it.  The reader ends behind it. */
static void listed(const struct lines *l, struct reader *r, uint64_t wanted, const char **name,
                   uint64_t *dir)
{
    enum { PATH = 1, DIRECTORY };
    struct reader forms;
    uint64_t kinds = number(r, 1), n;

    forms = *r;
    for (uint64_t i = 0; i < 2 * kinds; i++)
        uleb(r);
    n = uleb(r);
    for (uint64_t i = 0; i < n && r->at < r->end; i++) {
        struct reader f = forms;

        for (uint64_t k = 0; k < kinds; k++) {
            uint64_t kind = uleb(&f), form = uleb(&f);
            struct value v = value_read(l->u, r, form, 0);

            if (i == wanted && kind == PATH)
                *name = text_of(l->u, &v);
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

    while ((s = text(&r)) && *s)
        ;
    for (uint64_t i = 1; (s = text(&r)) && *s; i++) {
        d = uleb(&r);
        uleb(&r);
        uleb(&r);
        if (i == wanted) {
            *file = s;
            break;
        }
    }
    for (uint64_t i = 1; *file && i <= d && (s = text(&dirs)) && *s; i++)
        *dir = s;
}

static void name_file(const struct lines *l, uint64_t wanted, struct place *p)
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

struct row {
    uint64_t address, file;
    int64_t line;
    bool valid;
};

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
    uint64_t bytes = uleb(r);
    struct reader body = *r;

    skip(r, bytes);
    body.end = r->at;
    switch (number(&body, 1)) {
    case END_SEQUENCE: return true;
    case SET_ADDRESS: now->address = number(&body, 8); break;
    }
    return false;
}

static bool line_find(const struct lines *l, uint64_t address, struct row *found)
{
    enum { EXTENDED, COPY, ADVANCE_PC, ADVANCE_LINE, SET_FILE, CONST_ADD_PC = 8, FIXED_ADVANCE_PC };
    const struct row first = { .file = 1, .line = 1 };
    struct row now = first, before = { 0 };
    struct reader r = l->program;

    r.end = l->program.end;
    while (r.at < r.end) {
        unsigned op = (unsigned)number(&r, 1);
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
            now.address += uleb(&r) * l->least;
        } else if (op == ADVANCE_LINE) {
            now.line += sleb(&r);
        } else if (op == SET_FILE) {
            now.file = uleb(&r);
        } else if (op == CONST_ADD_PC) {
            now.address += (255 - l->opcodes) / l->range * l->least;
        } else if (op == FIXED_ADVANCE_PC) {
            now.address += number(&r, 2);
        } else {
            struct reader n = from(l->lengths, op - 1);
            for (uint64_t i = number(&n, 1); i > 0; i--)
                uleb(&r);
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

/* --- an address --- */

/* The functions of u that cover the address, from the outermost inwards. */
static size_t functions_at(const struct unit *u, uint64_t address, struct entry *chain, size_t most)
{
    struct reader r = u->rest;
    size_t n = 0;
    int level = 1, level_of_function = 0;

    while (level > 0 && r.at < r.end) {
        struct entry e;
        bool within;

        entry_read(u, &r, &e);
        if (!e.tag) {
            if (--level == level_of_function && n > 0)
                break;
            continue;
        }
        within =
            (e.tag == TAG_FUNCTION || (e.tag == TAG_INLINED && n > 0)) && covers(u, &e, address);
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
    bool lines = u->has_lines && lines_begin(u, &l);

    abbrevs_note(u);
    n = functions_at(u, address, chain, most < MOST_INLINED ? most : MOST_INLINED);
    for (size_t i = 0; i < n; i++) {
        struct place *p = &places[i];

        *p = (struct place){ 0 };
        if (lines && i == 0 && line_find(&l, address, &row)) {
            name_file(&l, row.file, p);
            p->line = (int)row.line;
        } else if (lines && i > 0) {
            name_file(&l, chain[n - i].call_file.n, p);
            p->line = (int)chain[n - i].call_line.n;
        }
    }
    for (size_t i = 0; i < n; i++)
        places[i].func = name_of(u, &chain[n - 1 - i]);
    return n;
}

size_t dwarf_find(const struct dwarf *d, struct dwarf_work *work, uint64_t address,
                  struct place *places, size_t most)
{
    struct reader info = d->info;
    struct unit u;
    struct entry e;

    while (info.at < info.end && unit_next(d, work, &info, &u)) {
        unit_begin(&u, &e);
        if (covers(&u, &e, address))
            return places_of(&u, address, places, most);
    }
    return 0;
}
