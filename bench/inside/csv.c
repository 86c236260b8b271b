/* SPDX-License-Identifier: MIT */
/* csv.c - cut lines at their newlines and fields at their commas, in place. */
#include "inside/csv.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void note_foreign(struct csv *t)
{
    if (t->foreign < CSV_NAMED)
        t->first[t->foreign] = t->line;
    t->foreign++;
}

/* Cut the next line off.  Its newline becomes a NUL; one that is not whole is foreign. */
static char *cut_line(struct csv *t, size_t *length)
{
    char *line = t->rest, *newline;

    if (line == t->end)
        return NULL;
    t->line++;
    newline = memchr(line, '\n', (size_t)(t->end - line));
    if (!newline) {
        t->rest = t->end;
        note_foreign(t);
        return NULL;
    }
    *newline = '\0';
    *length = (size_t)(newline - line);
    t->rest = newline + 1;
    return line;
}

/* Cut the next field off, and the quotes that it may stand in.  NULL: its quote is not closed,
 * or not closed at its end. */
static char *cut_field(char **rest)
{
    char *field = *rest;

    if (*field != '"')
        return strsep(rest, ",");
    char *quote = strchr(++field, '"');
    if (!quote || (quote[1] && quote[1] != ','))
        return NULL;
    *rest = quote[1] ? quote + 2 : NULL;
    *quote = '\0';
    return field;
}

/* How many fields the line has; as many as there is room for are cut and noted.  0: it
 * holds a NUL, or a quote that is not closed. */
static size_t cut_fields(char *line, size_t length, char *field[CSV_COLUMNS])
{
    char *each;
    size_t n = 0;

    if (memchr(line, '\0', length))
        return 0;
    for (; line; n++) {
        if (!(each = cut_field(&line)))
            return 0;
        if (n < CSV_COLUMNS)
            field[n] = each;
    }
    return n;
}

int csv_open(struct csv *t, char *text, size_t length)
{
    char *name[CSV_COLUMNS];
    size_t bytes;

    *t = (struct csv){ .rest = text, .end = text + length };
    char *header = cut_line(t, &bytes);
    size_t n = header ? cut_fields(header, bytes, name) : 0;
    if (n == 0 || n > CSV_COLUMNS)
        return -EINVAL;
    t->n = n;
    memcpy(t->name, name, n * sizeof *name);
    return 0;
}

bool csv_next(struct csv *t)
{
    size_t length;
    char *line;

    while ((line = cut_line(t, &length))) {
        if (cut_fields(line, length, t->field) == t->n)
            return true;
        note_foreign(t);
    }
    return false;
}

bool csv_only(struct csv *t)
{
    return csv_next(t) && t->foreign == 0 && t->rest == t->end;
}

void csv_reject(struct csv *t)
{
    note_foreign(t);
}

void csv_say_foreign(const struct csv *t, const char *path, FILE *out)
{
    size_t named = t->foreign < CSV_NAMED ? t->foreign : CSV_NAMED;
    bool one = t->foreign == 1;

    if (t->foreign == 0)
        return;
    fprintf(out, "twinbench: %zu line%s of %s %s: line%s", t->foreign, one ? "" : "s", path,
            one ? "is not a row" : "are not rows", one ? "" : "s");
    for (size_t i = 0; i < named; i++)
        fprintf(out, "%s %zu", i ? "," : "", t->first[i]);
    if (named < t->foreign)
        fprintf(out, " and %zu more", t->foreign - named);
    fprintf(out, "; %s left out\n", one ? "it is" : "they are");
}

size_t csv_most(const struct csv *t)
{
    size_t n = 0;

    for (const char *at = t->rest; (at = memchr(at, '\n', (size_t)(t->end - at))); at++)
        n++;
    return n;
}

/* t->n: none has that name. */
static size_t column_named(const struct csv *t, const char *name)
{
    size_t i = 0;

    while (i < t->n && strcmp(t->name[i], name) != 0)
        i++;
    return i;
}

bool csv_has(const struct csv *t, const char *name)
{
    return column_named(t, name) < t->n;
}

const char *csv_field(const struct csv *t, const char *name)
{
    size_t i = column_named(t, name);

    return i < t->n ? t->field[i] : NULL;
}

double csv_to_number(const char *text)
{
    char *end;
    double v = strtod(text, &end);

    return end == text || *end ? NAN : v;
}

bool csv_count(const struct csv *t, const char *name, uint64_t *to)
{
    const char *field = csv_field(t, name);
    char *end;

    if (!field || field[0] < '0' || field[0] > '9')
        return false;
    errno = 0;
    uint64_t v = strtoull(field, &end, 10);
    if (*end || errno)
        return false;
    *to = v;
    return true;
}

void csv_write_words(FILE *out, const char *words)
{
    const char *quote = strchr(words, ',') ? "\"" : "";

    fputs(quote, out);
    for (; *words; words++)
        fputc(*words == '"' || (unsigned char)*words < ' ' ? ' ' : *words, out);
    fputs(quote, out);
}
