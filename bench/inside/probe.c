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

const struct column *column_find(const char *name)
{
    for (size_t i = 0; i < ncolumns; i++)
        if (strcmp(columns[i].name, name) == 0)
            return &columns[i];
    return NULL;
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

static void write_field(FILE *out, const struct column *c, const struct sample *s)
{
    if (c->kind == TEXT)
        csv_write_words(out, field(c, s));
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

/* --- reading --- */

/* A setting that is not told is taken for 0: the others are measures, and 0 would be one. */
static void leave_unknown(const struct column *c, struct sample *s)
{
    char *to = (char *)s + c->offset;

    if (c->kind == MEASURED)
        *(double *)to = NAN;
    else if (c->kind == EXACT || c->kind == BOUNDED)
        *(int64_t *)to = UNKNOWN;
}

/* false: it does not fit, or is no number. */
static bool read_field(const struct column *c, const char *text, struct sample *s)
{
    char *to = (char *)s + c->offset, *end;

    if (strlen(text) >= SAMPLE_TEXT)
        return false;
    if (c->kind == TEXT) {
        strcpy(to, text);
        return true;
    }
    if (!text[0]) {
        leave_unknown(c, s);
        return c->kind != SETTING;
    }
    errno = 0;
    if (c->kind == MEASURED)
        *(double *)to = strtod(text, &end);
    else
        *(int64_t *)to = strtoll(text, &end, 10);
    return *end == '\0' && errno == 0;
}

int sample_read(const struct csv *t, struct sample *s)
{
    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < ncolumns; i++) {
        const char *text = csv_field(t, columns[i].name);
        if (!text)
            leave_unknown(&columns[i], s);
        else if (!read_field(&columns[i], text, s))
            return -EINVAL;
    }
    return 0;
}

int sample_parse(const char *header, const char *row, struct sample *s)
{
    char text[2 * SAMPLE_ROW];
    size_t head = strcspn(header, "\n");
    struct csv t;

    if (head + strlen(row) + sizeof "\n" > sizeof text)
        return -EINVAL;
    sprintf(text, "%.*s\n%s", (int)head, header, row);
    if (csv_open(&t, text) < 0 || csv_most(&t) != 1 || !csv_next(&t) || *t.rest)
        return -EINVAL;
    return sample_read(&t, s);
}
