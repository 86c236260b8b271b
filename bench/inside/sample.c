/* SPDX-License-Identifier: MIT */
/* sample.c - the table of columns, and a sample as a line of CSV.
 *
 * A number reads back as the number that was written.  Words lose whatever would
 * need quoting: a row is split at its commas, and its newline is the mark that it
 * was written to the end. */
#include "inside/sample.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct column columns[] = {
#define WORDS_TEXT(name) NULL
#define WORDS_WORD(name) &name##_words
#define WORDS_EXECUTOR(name) NULL
#define WORDS_SETTING(name) NULL
#define WORDS_EXACT(name) NULL
#define WORDS_BOUNDED(name) NULL
#define WORDS_MEASURED(name) NULL
#define COLUMN(name, kind, unit, text)                                                             \
    { #name, kind, unit, text, offsetof(struct sample, name), WORDS_##kind(name) },
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

bool column_is_number(const struct column *c)
{
    return c->kind != TEXT && c->kind != WORD && c->kind != EXECUTOR;
}

double column_value(const struct column *c, const struct sample *s)
{
    if (!column_is_number(c))
        return NAN;
    if (c->kind == MEASURED)
        return *(const double *)field(c, s);
    int64_t count = *(const int64_t *)field(c, s);
    return count == UNKNOWN ? NAN : (double)count;
}

const char *column_words(const struct column *c, const struct sample *s)
{
    const struct executor *x;

    switch (c->kind) {
    case TEXT: return field(c, s);
    case WORD: return c->words->word[*(const int *)field(c, s)];
    case EXECUTOR: x = *(const struct executor *const *)field(c, s); return x ? x->name : "";
    default: return "";
    }
}

static void write_field(FILE *out, const struct column *c, const struct sample *s)
{
    if (!column_is_number(c))
        csv_write_words(out, column_words(c, s));
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

/* A setting that is missing is taken for 0: the others are measures, and 0 would be one. */
static void leave_unknown(const struct column *c, struct sample *s)
{
    char *to = (char *)s + c->offset;

    if (c->kind == MEASURED)
        *(double *)to = NAN;
    else if (c->kind == EXACT || c->kind == BOUNDED)
        *(int64_t *)to = UNKNOWN;
}

/* false: nobody is called so. */
static bool read_executor(const char *name, char *to)
{
    const struct executor *x = name[0] ? executor_add(name) : NULL;

    *(const struct executor **)to = x;
    return x || !name[0];
}

/* No process measures less than nothing, or without end, or is asked for that. */
static bool is_possible(const struct column *c, const struct sample *s)
{
    double value = column_value(c, s);

    return (c->kind != MEASURED && c->kind != SETTING) || (isfinite(value) && value >= 0);
}

/* Decimal digits, with at most a sign, a point and an exponent: strtod() would take " 5", "0x1p3"
 * and "nan" as well, which no writer of ours writes and other readers of a table do not take. */
static bool is_decimal(const char *text)
{
    return !text[strspn(text, "+-.0123456789Ee")];
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
    if (c->kind == WORD)
        return words_read(c->words, text, to);
    if (c->kind == EXECUTOR)
        return read_executor(text, to);
    if (!text[0]) {
        leave_unknown(c, s);
        return c->kind != SETTING;
    }
    errno = 0;
    if (c->kind == MEASURED) {
        *(double *)to = strtod(text, &end);
        errno = 0; /* too small is 0, and without end is not possible */
    } else
        *(int64_t *)to = strtoll(text, &end, 10);
    return is_decimal(text) && end > text && *end == '\0' && errno == 0 && is_possible(c, s);
}

bool sample_is_measured(const struct sample *s)
{
    return !kind_is_timed(s->kind) || s->outcome != OUTCOME_OK || s->wall_ns > 0;
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
    return sample_is_measured(s) ? 0 : -EINVAL;
}

int sample_parse(const char *header, const char *row, struct sample *s)
{
    char text[2 * SAMPLE_ROW];
    size_t head = strcspn(header, "\n");
    struct csv t;

    if (head + strlen(row) + sizeof "\n" > sizeof text)
        return -EINVAL;
    int length = sprintf(text, "%.*s\n%s", (int)head, header, row);
    if (csv_open(&t, text, (size_t)length) < 0 || !csv_only(&t))
        return -EINVAL;
    return sample_read(&t, s);
}
