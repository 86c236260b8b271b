/* SPDX-License-Identifier: MIT */
/* probe.c - the table of columns, and a sample as a line of CSV.
 *
 * A number reads back as the number that was written.  Words lose whatever would
 * need quoting: a row is split at its commas, and its newline is the mark that it
 * was written to the end. */
#include "inside/probe.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct column columns[] = {
#define COLUMN(name, kind, unit, text) { #name, kind, unit, text, offsetof(struct sample, name) },
    COLUMNS(COLUMN)
#undef COLUMN
};
const size_t ncolumns = sizeof columns / sizeof columns[0];

static const struct column *find(const char *name, size_t length)
{
    for (size_t i = 0; i < ncolumns; i++)
        if (strlen(columns[i].name) == length && memcmp(columns[i].name, name, length) == 0)
            return &columns[i];
    return NULL;
}

const struct column *column_find(const char *name)
{
    return find(name, strlen(name));
}

static const void *field(const struct column *c, const struct sample *s)
{
    return (const char *)s + c->offset;
}

double column_value(const struct column *c, const struct sample *s)
{
    switch (c->kind) {
    case TEXT: return NAN;
    case MEASURED: return *(const double *)field(c, s);
    default: break;
    }
    int64_t count = *(const int64_t *)field(c, s);
    return count == UNKNOWN ? NAN : (double)count;
}

const char *column_words(const struct column *c, const struct sample *s)
{
    return c->kind == TEXT ? field(c, s) : "";
}

static void write_words(FILE *out, const char *words)
{
    for (; *words; words++)
        fputc(*words == ',' || *words == '"' || (unsigned char)*words < ' ' ? ' ' : *words, out);
}

static void write_field(FILE *out, const struct column *c, const struct sample *s)
{
    if (c->kind == TEXT)
        write_words(out, field(c, s));
    else if (isnan(column_value(c, s)))
        return;
    else if (c->kind == MEASURED)
        fprintf(out, "%.17g", *(const double *)field(c, s));
    else
        fprintf(out, "%" PRId64, *(const int64_t *)field(c, s));
}

/* The header if s is NULL.  One byte of the buffer is kept for the final NUL, so
 * that a line which does not fit is seen as an error and not as a cut line. */
static int write_line(const struct sample *s, char *buf, size_t bytes)
{
    if (bytes < 2)
        return -ENOSPC;
    FILE *out = fmemopen(buf, bytes - 1, "w");
    if (!out)
        return -ENOSPC;
    setvbuf(out, NULL, _IONBF, 0);
    for (size_t i = 0; i < ncolumns; i++) {
        if (i > 0)
            fputc(',', out);
        if (s)
            write_field(out, &columns[i], s);
        else
            fputs(columns[i].name, out);
    }
    fputc('\n', out);
    long length = ftell(out);
    bool cut = ferror(out);
    fclose(out);
    if (cut || length <= 0 || buf[length - 1] != '\n')
        return -ENOSPC;
    buf[length] = '\0';
    return (int)length;
}

int sample_header(char *buf, size_t bytes)
{
    return write_line(NULL, buf, bytes);
}

int sample_row(const struct sample *s, char *buf, size_t bytes)
{
    return write_line(s, buf, bytes);
}

static bool leave_unknown(const struct column *c, struct sample *s)
{
    char *to = (char *)s + c->offset;

    if (c->kind == MEASURED)
        *(double *)to = NAN;
    else if (c->kind != SETTING)
        *(int64_t *)to = UNKNOWN;
    return c->kind != SETTING;
}

static bool read_field(const struct column *c, const char *text, size_t length, struct sample *s)
{
    char *to = (char *)s + c->offset;
    char number[SAMPLE_TEXT], *end;

    if (length >= SAMPLE_TEXT)
        return false;
    if (length == 0 && c->kind != TEXT)
        return leave_unknown(c, s);
    memcpy(number, text, length);
    number[length] = '\0';
    errno = 0;
    if (c->kind == TEXT) {
        memcpy(to, number, length + 1);
        return true;
    }
    if (c->kind == MEASURED)
        *(double *)to = strtod(number, &end);
    else
        *(int64_t *)to = strtoll(number, &end, 10);
    return *end == '\0' && errno == 0;
}

/* Length of the field at p: it ends at a comma, a newline or the end. */
static size_t span(const char *p)
{
    return strcspn(p, ",\n");
}

int sample_parse(const char *header, const char *row, struct sample *s)
{
    memset(s, 0, sizeof *s);
    for (;;) {
        size_t name = span(header), value = span(row);
        const struct column *c = find(header, name);

        if (c && !read_field(c, row, value, s))
            return -EINVAL;
        header += name;
        row += value;
        if (*header != ',' || *row != ',')
            break;
        header++;
        row++;
    }
    bool all_named = *header == '\n' || *header == '\0';
    return all_named && strcmp(row, "\n") == 0 ? 0 : -EINVAL;
}
