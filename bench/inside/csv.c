/* SPDX-License-Identifier: MIT */
/* csv.c - cut lines at their newlines and fields at their commas, in place. */
#include "inside/csv.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cut the next whole line off; NULL: what is left is none. */
static char *cut_line(struct csv *t)
{
    char *line = t->rest, *end = strchr(line, '\n');

    if (!end)
        return NULL;
    *end = '\0';
    t->rest = end + 1;
    return line;
}

/* How many fields the line has; as many as there is room for are cut and noted. */
static size_t cut_fields(char *line, char *field[CSV_COLUMNS])
{
    char *each;
    size_t n = 0;

    for (; (each = strsep(&line, ",")); n++)
        if (n < CSV_COLUMNS)
            field[n] = each;
    return n;
}

int csv_open(struct csv *t, char *text)
{
    char *name[CSV_COLUMNS];

    *t = (struct csv){ .rest = text };
    char *header = cut_line(t);
    size_t n = header ? cut_fields(header, name) : 0;
    if (n == 0 || n > CSV_COLUMNS)
        return -EINVAL;
    t->n = n;
    memcpy(t->name, name, n * sizeof *name);
    return 0;
}

bool csv_next(struct csv *t)
{
    char *line;

    while ((line = cut_line(t)))
        if (cut_fields(line, t->field) == t->n)
            return true;
    return false;
}

size_t csv_most(const struct csv *t)
{
    size_t n = 0;

    for (const char *at = t->rest; (at = strchr(at, '\n')); at++)
        n++;
    return n;
}

const char *csv_field(const struct csv *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->name[i], name) == 0)
            return t->field[i];
    return NULL;
}

double csv_to_number(const char *text)
{
    char *end;
    double v = strtod(text, &end);

    return end == text || *end ? NAN : v;
}

double csv_number(const struct csv *t, const char *name)
{
    const char *field = csv_field(t, name);

    return field ? csv_to_number(field) : NAN;
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

/* A field that would need quoting is written without what would. */
static char plain(char c)
{
    if (c == ',')
        return ';';
    return c == '"' || (unsigned char)c < ' ' ? ' ' : c;
}

void csv_write_words(FILE *out, const char *words)
{
    for (; *words; words++)
        fputc(plain(*words), out);
}
