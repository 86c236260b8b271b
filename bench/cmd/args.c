/* SPDX-License-Identifier: MIT */
/* args.c - flags, numbers and names from the command line.
 *
 * getopt_long() is not used: it says neither which range a number must lie in
 * nor which flag was probably meant, and it reorders argv. */
#include "cmd/args.h"

#include "cmd/nearest.h"
#include "heap.h"
#include "show/wrap_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the user typed is shown, but not all of it if it is endless. */
#define SHOWN "%.60s"

static int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int complain(const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fputs("twinbench: ", stderr);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    return ARGS_BAD;
}

bool args_number(const char *what, const char *text, uint64_t min, uint64_t max, uint64_t *to)
{
    bool negative = text[0] == '-';
    const char *digits = text + negative;
    bool number = *digits && digits[strspn(digits, "0123456789")] == '\0';
    uint64_t n;

    if (!number) {
        complain("%s wants a whole number, not '" SHOWN "'", what, text);
        return false;
    }
    errno = 0;
    n = strtoull(digits, NULL, 10);
    if (negative || n < min) {
        complain("%s must be %" PRIu64 " or more, not " SHOWN, what, min, text);
        return false;
    }
    if (errno == ERANGE || n > max) {
        complain("%s must be %" PRIu64 " or less, not " SHOWN, what, max, text);
        return false;
    }
    *to = n;
    return true;
}

static int help(const struct args *a)
{
    static const char *const takes[] = {
        [ARG_FLAG] = "", [ARG_NUMBER] = " N", [ARG_WORD] = " X", [ARG_WORDS] = " X"
    };

    wrap_line(4, "usage: twinbench %s", a->usage);
    wrap_line(0, "%s", a->text);
    if (a->nflags > 0)
        printf("\n");
    for (size_t i = 0; i < a->nflags; i++) {
        const struct arg *f = &a->flags[i];
        char left[40];
        snprintf(left, sizeof left, "%s%s", f->name, takes[f->kind]);
        wrap_line(17, "  %-14s %s%s", left, strlen(left) > 14 ? " " : "", f->text);
    }
    return ARGS_HELP;
}

static const struct arg *flag_find(const struct args *a, const char *name, size_t length)
{
    for (size_t i = 0; i < a->nflags; i++)
        if (strlen(a->flags[i].name) == length && memcmp(a->flags[i].name, name, length) == 0)
            return &a->flags[i];
    return NULL;
}

static int flag_unknown(const struct args *a, const char *command, const char *name)
{
    struct nearest n = { .given = name };

    nearest_offer(&n, "--help", "--help");
    for (size_t i = 0; i < a->nflags; i++)
        nearest_offer(&n, a->flags[i].name, a->flags[i].name);
    return complain("%s: unknown flag " SHOWN "%s (see: twinbench %s --help)", command, name,
                    nearest_hint(&n), command);
}

static bool word_add(const struct arg *f, const char *value)
{
    struct arg_words *to = f->to;

    if (to->n == sizeof to->word / sizeof to->word[0]) {
        complain("%s may be given %zu times, no more", f->name, to->n);
        return false;
    }
    to->word[to->n++] = value;
    return true;
}

static bool flag_set(const struct arg *f, const char *value)
{
    switch (f->kind) {
    case ARG_FLAG: *(bool *)f->to = true; return true;
    case ARG_WORD: *(const char **)f->to = value; return true;
    case ARG_WORDS: return word_add(f, value);
    case ARG_NUMBER: return args_number(f->name, value, f->min, f->max, f->to);
    }
    return false;
}

/* argv[*at] is a flag: take it, and its value if it has one. */
static int flag_take(const struct args *a, int argc, char **argv, int *at)
{
    const char *name = argv[*at], *value = strchr(name, '=');
    size_t length = value ? (size_t)(value - name) : strlen(name);
    const struct arg *f = flag_find(a, name, length);

    if (!f)
        return flag_unknown(a, argv[0], name);
    if (f->kind == ARG_FLAG && value)
        return complain("%s takes no value, but was given '" SHOWN "'", f->name, value + 1);
    if (value)
        value++;
    else if (f->kind != ARG_FLAG) {
        if (*at + 1 >= argc)
            return complain("%s wants a value after it", f->name);
        value = argv[++*at];
    }
    if ((f->kind == ARG_WORD || f->kind == ARG_WORDS) && !*value) /* a shell's unset variable */
        return complain("%s wants a value, and was given an empty one", f->name);
    return flag_set(f, value) ? 0 : ARGS_BAD;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int args_parse(const struct args *a, int argc, char **argv)
{
    size_t n = 0;

    for (int i = 1; i < argc; i++) {
        if (is_help(argv[i]))
            return help(a);
        if (argv[i][0] == '-') {
            int bad = flag_take(a, argc, argv, &i);
            if (bad)
                return bad;
        } else if (n == a->max_words) {
            return complain("%s: unexpected argument '" SHOWN "'; usage: twinbench %s", argv[0],
                            argv[i], a->usage);
        } else {
            a->words[n++] = argv[i];
        }
    }
    if (n < a->min_words)
        return complain("%s: an argument is missing; usage: twinbench %s", argv[0], a->usage);
    for (size_t i = n; i < a->max_words; i++)
        a->words[i] = NULL;
    return (int)n;
}

int args_status(int result)
{
    return result == ARGS_HELP ? 0 : 2;
}

/* All tips of the family (none if there is no such family).  Its name may be a folder's, "leaks/".
 */
static size_t family(const char *name, const struct entry **list)
{
    size_t n = 0, length = strcspn(name, "/");

    if (name[length] && name[length + 1])
        return 0;
    for (size_t i = 0; i < nentries; i++)
        if (strncmp(entries[i].name, name, length) == 0 && entries[i].name[length] == '/')
            list[n++] = &entries[i];
    return n;
}

static size_t tip_or_family(const char *name, const struct entry **list)
{
    size_t n = family(name, list);

    if (n == 0 && (list[0] = args_tip(name)))
        n = 1;
    return n;
}

bool args_has(const struct entry *const *list, size_t n, const struct entry *e)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == e)
            return true;
    return false;
}

/* Add to the n of the list what is not among them; how many there are then. */
static size_t add_new(const struct entry **list, size_t n, const struct entry *const *more,
                      size_t nmore)
{
    for (size_t i = 0; i < nmore; i++)
        if (!args_has(list, n, more[i]))
            list[n++] = more[i];
    return n;
}

size_t args_tips(const char *names, const struct entry **list)
{
    const struct entry *these[nentries + 1];
    size_t n = 0, found = 1;
    char *rest = strdupa(names), *name;

    while (found > 0 && (name = strsep(&rest, ",")))
        n = add_new(list, n, these, found = tip_or_family(name, these));
    return found > 0 ? n : 0;
}

static void no_tip(const char *name)
{
    struct nearest n = nearest_tip(name);

    complain("no tip '" SHOWN "'%s (all of them: twinbench list)", name, nearest_hint(&n));
}

const struct entry *args_tip(const char *name)
{
    const struct entry *of_family[nentries + 1];
    const struct entry *e = tip_find(name);

    if (e)
        return e;
    if (family(name, of_family) > 0)
        complain(
            "%s is a family of tips; name one of them, such as %s (all of them: twinbench list)",
            name, of_family[0]->name);
    else if (nentries == 0)
        complain("no tip '" SHOWN "': this program was built without any", name);
    else
        no_tip(name);
    return NULL;
}

enum role args_twin(const struct entry *e, const char *name)
{
    int twin = words_find(&twin_words, name);
    const char *none = tip_none(e, LANGUAGE_C);

    if (twin > TWIN_NONE && !none)
        return (enum role)twin;
    if (none)
        complain("%s has no twins in C: %s (twinbench-go1.NN beside this program runs those in Go)",
                 e->name, none);
    else
        complain("%s has no twin '" SHOWN "'; it has bad, good and null", e->name, name);
    return TWIN_NONE;
}

bool args_heap(const struct entry *e, const char *name, enum heap *to)
{
    *to = name ? heap_named(name) : HEAP_DEFAULT;
    if (!name || (*to != HEAP_DEFAULT && tip_runs_on(e->tip, *to)))
        return true;
    fprintf(stderr, "twinbench: %s does not run on that heap, only on:", e->name);
    for (enum heap h = HEAP_GC; h < HEAPS; h++)
        if (tip_runs_on(e->tip, h))
            fprintf(stderr, " %s", heap_name(h));
    fputc('\n', stderr);
    return false;
}
