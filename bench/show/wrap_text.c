/* SPDX-License-Identifier: MIT */
/* wrap_text.c - cut before the word that does not fit. */
#include "show/wrap_text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL = 80, LEAST = 20 };

/* 0: nobody says. */
static int columns_told(int fd)
{
    const char *given = getenv("COLUMNS");
    struct winsize size;

    if (given && atoi(given) > 0)
        return atoi(given);
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int wrap_columns_of(int fd)
{
    int told = columns_told(fd);

    return told == 0 || told > USUAL ? USUAL : told < LEAST ? LEAST : told;
}

int wrap_columns(void)
{
    return wrap_columns_of(STDOUT_FILENO);
}

bool wrap_is_narrow(void)
{
    return wrap_columns() < USUAL;
}

/* How many of these bytes there are before the spaces at their end. */
static int without_spaces(const char *text, int n)
{
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return n;
}

/* `at` columns of the first line are taken. */
static void print(FILE *out, const char *text, int at, int left, int wide)
{
    while ((int)strlen(text) > wide - at) {
        int cut = wide > at ? wide - at : 1;
        while (cut > 0 && text[cut] != ' ')
            cut--;
        if (cut == 0 && at > left)
            cut = -1; /* the first word fits better below */
        else if (cut == 0)
            cut = (int)strcspn(text, " ");
        if (cut > 0)
            fprintf(out, "%.*s", without_spaces(text, cut), text);
        text += cut < 0 ? 0 : cut;
        text += strspn(text, " ");
        if (*text)
            fprintf(out, "\n%*s", left, "");
        at = left;
    }
    fprintf(out, "%s\n", text);
}

void wrap_print(FILE *out, const char *text, int left)
{
    int wide = wrap_columns();

    if (wide < USUAL && left > wide / 2) {
        left = 4;
        fprintf(out, "\n%*s", left, "");
    }
    print(out, text, left, left, wide);
}

static void print_formatted(int left, int wide, const char *format, va_list ap)
{
    char text[1024];

    vsnprintf(text, sizeof text, format, ap);
    print(stdout, text, 0, left, wide);
}

void wrap_line(int left, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    print_formatted(left, wrap_columns(), format, ap);
    va_end(ap);
}

void wrap_row(int left, const char *format, ...)
{
    int told = columns_told(STDOUT_FILENO);
    va_list ap;

    va_start(ap, format);
    print_formatted(left, told == 0 ? INT_MAX : told < LEAST ? LEAST : told, format, ap);
    va_end(ap);
}
