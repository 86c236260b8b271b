/* SPDX-License-Identifier: MIT */
/* dwarf_unit.c - units, entries, and the forms in which values are written (dwarfstd.org). */
#include "look/dwarf_unit.h"

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

/* --- units and their entries --- */

bool dwarf_unit_next(const struct dwarf *d, struct dwarf_work *work, struct reader *info,
                     struct unit *u)
{
    uint64_t bytes, abbrevs;
    unsigned type = 1;

    *u = (struct unit){ .d = d, .work = work, .start = info->at, .offset_bytes = 4 };
    bytes = reader_number(info, 4);
    if (bytes == 0xffffffff) {
        bytes = reader_number(info, 8);
        u->offset_bytes = 8;
    }
    if (!bytes)
        return false;
    u->rest = *info;
    reader_skip(info, bytes);
    u->rest.end = info->at;
    u->version = (unsigned)reader_number(&u->rest, 2);
    if (u->version >= 5)
        type = (unsigned)reader_number(&u->rest, 2) & 0xff; /* and the size of an address */
    abbrevs = reader_number(&u->rest, u->offset_bytes);
    if (u->version < 5)
        reader_number(&u->rest, 1);
    else if (type == 2 || type == 6) /* of types: a signature, an offset */
        reader_skip(&u->rest, 8 + u->offset_bytes);
    else if (type == 4 || type == 5) /* of split DWARF */
        reader_skip(&u->rest, 8);
    u->abbrevs = reader_from(d->abbrev, abbrevs);
    return true;
}

/* Go over the rest of an abbreviation. */
static void abbrev_skip(struct reader *r)
{
    uint64_t attribute, form;

    reader_uleb(r); /* the tag */
    reader_number(r, 1);
    do {
        attribute = reader_uleb(r);
        form = reader_uleb(r);
        if (form == FORM_IMPLICIT_CONST)
            reader_sleb(r);
    } while ((attribute || form) && r->at < r->end);
}

void dwarf_note_abbrevs(const struct unit *u)
{
    enum { MOST = sizeof u->work->abbrev / sizeof u->work->abbrev[0] };
    struct reader r = u->abbrevs;
    uint64_t code;

    u->work->unit = u->start;
    memset(u->work->abbrev, 0, sizeof u->work->abbrev);
    while ((code = reader_uleb(&r))) {
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
    while ((code = reader_uleb(&r)) && code != wanted)
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

struct value dwarf_value(const struct unit *u, struct reader *r, uint64_t form, int64_t implicit)
{
    struct value v = { .form = form };
    size_t bytes = fixed_bytes(form);

    if (bytes) {
        v.n = reader_number(r, bytes);
        return v;
    }
    switch (form) {
    case FORM_SDATA: v.n = (uint64_t)reader_sleb(r); break;
    case FORM_UDATA:
    case FORM_REF_UDATA:
    case FORM_STRX:
    case FORM_ADDRX:
    case FORM_LOCLISTX:
    case FORM_RNGLISTX: v.n = reader_uleb(r); break;
    case FORM_STRP:
    case FORM_LINE_STRP:
    case FORM_SEC_OFFSET:
    case FORM_REF_ADDR:
    case FORM_STRP_SUP:
    case FORM_GNU_REF_ALT:
    case FORM_GNU_STRP_ALT: v.n = reader_number(r, u->offset_bytes); break;
    case FORM_STRING: v.text = reader_string(r); break;
    case FORM_FLAG_PRESENT: v.n = 1; break;
    case FORM_IMPLICIT_CONST: v.n = (uint64_t)implicit; break;
    case FORM_DATA16: reader_skip(r, 16); break;
    case FORM_BLOCK1: reader_skip(r, reader_number(r, 1)); break;
    case FORM_BLOCK2: reader_skip(r, reader_number(r, 2)); break;
    case FORM_BLOCK4: reader_skip(r, reader_number(r, 4)); break;
    case FORM_BLOCK:
    case FORM_EXPRLOC: reader_skip(r, reader_uleb(r)); break;
    case FORM_INDIRECT: {
        uint64_t real = reader_uleb(r);
        return real == FORM_INDIRECT ? v : dwarf_value(u, r, real, 0);
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

void dwarf_entry(const struct unit *u, struct reader *r, struct entry *e)
{
    uint64_t code = reader_uleb(r), attribute, form;
    struct reader abbrev;

    *e = (struct entry){ 0 };
    if (!code)
        return;
    abbrev = abbrev_find(u, code);
    e->tag = reader_uleb(&abbrev);
    e->children = reader_number(&abbrev, 1);
    if (!e->tag)
        r->at = r->end; /* an abbreviation that is not there */
    while (abbrev.at < abbrev.end) {
        struct value *field, v;
        int64_t implicit;

        attribute = reader_uleb(&abbrev);
        form = reader_uleb(&abbrev);
        implicit = form == FORM_IMPLICIT_CONST ? reader_sleb(&abbrev) : 0;
        if (!attribute && !form)
            return;
        v = dwarf_value(u, r, form, implicit);
        if ((field = field_of(e, attribute)))
            *field = v;
    }
}

/* --- what values mean --- */

/* Number i of a table that begins at `base`. */
static uint64_t indexed(struct reader section, uint64_t base, uint64_t i, size_t bytes)
{
    struct reader r = reader_from(section, base + i * bytes);

    return reader_number(&r, bytes);
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

const char *dwarf_text(const struct unit *u, const struct value *v)
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
    struct reader r = reader_from(u->d->ranges, offset);
    uint64_t base = u->base;

    while (r.at < r.end) {
        uint64_t low = reader_number(&r, 8), high = reader_number(&r, 8);

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
    struct reader r = reader_from(u->d->rnglists, offset), addrs = u->d->addr;
    uint64_t base = u->base;

    while (r.at < r.end) {
        uint64_t low = 0, high = 0;

        switch (reader_number(&r, 1)) {
        case BASE_X: base = indexed(addrs, u->addrs, reader_uleb(&r), 8); continue;
        case START_X_END_X:
            low = indexed(addrs, u->addrs, reader_uleb(&r), 8);
            high = indexed(addrs, u->addrs, reader_uleb(&r), 8);
            break;
        case START_X_LENGTH:
            low = indexed(addrs, u->addrs, reader_uleb(&r), 8);
            high = low + reader_uleb(&r);
            break;
        case PAIR:
            low = base + reader_uleb(&r);
            high = base + reader_uleb(&r);
            break;
        case BASE: base = reader_number(&r, 8); continue;
        case START_END:
            low = reader_number(&r, 8);
            high = reader_number(&r, 8);
            break;
        case START_LENGTH:
            low = reader_number(&r, 8);
            high = low + reader_uleb(&r);
            break;
        default: return false;
        }
        if (address >= low && address < high)
            return true;
    }
    return false;
}

bool dwarf_covers(const struct unit *u, const struct entry *e, uint64_t address)
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

void dwarf_unit_begin(struct unit *u, struct entry *e)
{
    dwarf_entry(u, &u->rest, e);
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
    while (dwarf_unit_next(near->d, near->work, &info, u))
        if (at < info.at) {
            dwarf_unit_begin(u, &e);
            return true;
        }
    return false;
}

/* The name may be said where the function is declared, or where it is not inlined. */
const char *dwarf_name(const struct unit *u, struct entry *e)
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
        dwarf_entry(&here, &r, e);
    }
    return dwarf_text(&here, &e->name);
}
