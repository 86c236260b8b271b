/* SPDX-License-Identifier: MIT */
/* complain.c - a line on stderr. */
#include "trial/complain.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many bytes the letter has that begins there; 0: it is no UTF-8. */
static size_t letter(const char *text)
{
    unsigned char first = (unsigned char)text[0], second = (unsigned char)text[1];
    size_t n = first < 0x80                    ? 1
               : first >= 0xc2 && first < 0xe0 ? 2
               : first >= 0xe0 && first < 0xf0 ? 3
               : first >= 0xf0 && first < 0xf5 ? 4
                                               : 0;
    /* Longer than need be, half of a pair of UTF-16's, or beyond the last letter. */
    bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                 (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);

    for (size_t i = 1; i < n; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 0;
    return wrong ? 0 : n;
}

char *one_line(char *text)
{
    size_t n;

    for (char *at = text; *at; at += n ? n : 1) {
        n = letter(at);
        if (n == 0)
            *at = '?';
        else if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = ' ';
    }
    return text;
}

int complain(const char *format, ...)
{
    char *text;
    va_list ap;

    va_start(ap, format);
    if (vasprintf(&text, format, ap) < 0)
        abort();
    va_end(ap);
    fprintf(stderr, "twinbench: ab: %s\n", one_line(text));
    free(text);
    return 1;
}
