/* SPDX-License-Identifier: MIT */
/* texts.c - words for a shell, words for people. */
#include "ab/texts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *text_of(const char *format, ...)
{
    char *text;
    va_list ap;

    va_start(ap, format);
    if (vasprintf(&text, format, ap) < 0)
        abort();
    va_end(ap);
    return text;
}

char *text_quoted(const char *word)
{
    char *text = malloc(strlen(word) * 4 + 3), *to = text;

    if (!text)
        abort();
    *to++ = '\'';
    for (; *word; word++)
        to = *word == '\'' ? stpcpy(to, "'\\''") : (*to = *word, to + 1);
    strcpy(to, "'");
    return text;
}

char *text_exactly(const char *name, const char *between)
{
    static const char special[] = "\\^$.|?*+()[]{}"; /* C++ takes no other escape */
    char *text = malloc(strlen(name) * (2 + strlen(between)) + 3), *to = text;

    if (!text)
        abort();
    *to++ = '^';
    for (; *name; name++) {
        if (*name == '/') {
            to = stpcpy(to, between);
            continue;
        }
        if (strchr(special, *name))
            *to++ = '\\';
        *to++ = *name;
    }
    strcpy(to, "$");
    return text;
}

const char *text_first_line(const char *text)
{
    static char line[200];

    text += strspn(text, "\n");
    snprintf(line, sizeof line, "%.*s", (int)strcspn(text, "\n"), text);
    return line;
}

/* "3 s", "10 minutes" */
static const char *duration(int seconds)
{
    static char text[32];

    snprintf(text, sizeof text, seconds < 120 ? "%d s" : "%d minutes",
             seconds < 120 ? seconds : seconds / 60);
    return text;
}

/* shown: the text as people know it.  whose: what set the limit, or "". */
static int ask_for(const char *folder, const char *text, const char *shown, int limit_s,
                   const char *whose, struct run *r)
{
    struct command c = { .text = text, .shell = "sh", .folder = folder };
    int error = command_run(&c, (int64_t)limit_s * 1000, r);

    if (error == -EINTR)
        return 130;
    if (error == -ETIMEDOUT)
        return complain("'%.60s' did not end within %s%s", shown, duration(limit_s), whose);
    if (error == -EFBIG)
        return command_too_long(shown);
    return error ? complain("'%.60s' cannot be run: %s", shown, strerror(-error)) : 0;
}

int ask(const char *folder, const char *text, int limit_s, struct run *r)
{
    return ask_for(folder, text, text, limit_s, "", r);
}

int ask_within_budget(const char *folder, const char *text, const char *shown, int limit_s,
                      struct run *r)
{
    return ask_for(folder, text, shown, limit_s, ", which --budget leaves it", r);
}

int ask_to_build(const char *folder, const char *text, int limit_s, const char *scratch,
                 struct run *r)
{
    char *there = text_quoted(scratch);
    char *all = text_of("unset MAKEFLAGS MFLAGS MAKELEVEL\nexport TMPDIR=%s GOTMPDIR=%s\n%s", there,
                        there, text);
    int status = ask_for(folder, all, text, limit_s, "", r);

    free(all);
    free(there);
    return status;
}
