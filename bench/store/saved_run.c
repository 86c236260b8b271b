/* SPDX-License-Identifier: MIT */
/* saved_run.c - from a name to a run, and what is in it. */
#include "store/saved_run.h"

#include "decide/judge.h"
#include "store/store.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- where it is --- */

/* What makes a folder a run is its journal. */
static bool is_run(const char *folder, char path[PATH_MAX])
{
    char journal[PATH_MAX];

    if (!realpath(folder, path) || strlen(path) + sizeof "/samples.csv" > sizeof journal)
        return false;
    stpcpy(stpcpy(journal, path), "/samples.csv");
    return access(journal, R_OK) == 0;
}

int saved_run_find(const char *name, char path[PATH_MAX])
{
    char inside[PATH_MAX];

    snprintf(inside, sizeof inside, "results/%s", name ? name : "latest");
    if ((name && is_run(name, path)) || is_run(inside, path))
        return 0;
    if (name)
        fprintf(stderr,
                "twinbench: no run in '%.60s' nor in results/%.60s (no samples.csv); the "
                "runs are the folders of results/\n",
                name, name);
    else
        fprintf(stderr, "twinbench: there is no run yet: make bench makes one\n");
    return -ENOENT;
}

const char *saved_run_results(const char *folder)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s", folder);
    char *last = strrchr(path, '/');
    if (!last)
        return ".";
    *last = '\0';
    return path;
}

/* --- what it found --- */

static void take_words(char *to, size_t bytes, const char *field)
{
    snprintf(to, bytes, "%s", field);
}

static double take_number(const char *field)
{
    char *end;
    double v = strtod(field, &end);

    return end == field || *end ? NAN : v;
}

/* false: a line with too few fields, or one that judges nothing, for Go does not tell that
 * column. */
static bool parse_verdict(char *line, struct saved_verdict *v)
{
    enum { FIELDS = 13 }; /* the note, if there is one, is not needed */
    char *field[FIELDS];

    for (int i = 0; i < FIELDS; i++)
        if (!(field[i] = strsep(&line, ",")))
            return false;
    *v = (struct saved_verdict){ .claim = strtol(field[1], NULL, 10),
                                 .ratio = take_number(field[6]),
                                 .lo = take_number(field[7]),
                                 .hi = take_number(field[8]),
                                 .n = take_number(field[12]) };
    take_words(v->tip, sizeof v->tip, field[0]);
    take_words(v->column, sizeof v->column, field[2]);
    take_words(v->kind, sizeof v->kind, field[3]);
    take_words(v->bad, sizeof v->bad, field[4]);
    take_words(v->good, sizeof v->good, field[5]);
    take_words(v->verdict, sizeof v->verdict, field[9]);
    take_words(v->expected, sizeof v->expected, field[10]);
    take_words(v->lang, sizeof v->lang, field[11]);
    return strcmp(v->verdict, finding_word(EMPTY)) != 0;
}

static int read_verdicts(struct saved_run *p, char *text)
{
    size_t lines = 0;
    char *line;

    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    p->verdicts = calloc(lines + 1, sizeof *p->verdicts);
    if (!p->verdicts)
        return -ENOMEM;
    strsep(&text, "\n"); /* the header */
    while ((line = strsep(&text, "\n")))
        p->nverdicts += parse_verdict(line, &p->verdicts[p->nverdicts]);
    return 0;
}

static const char *file_of(const struct saved_run *p, const char *name)
{
    static char path[PATH_MAX + 32];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    return path;
}

static int say_missing(const struct saved_run *p, const char *name, const char *why)
{
    fprintf(stderr, "twinbench: %s has no %s: %s\n", p->folder, name, why);
    return -ENOENT;
}

int saved_run_open(struct saved_run *p, const char *name)
{
    size_t length;

    *p = (struct saved_run){ .name = "" };
    int error = saved_run_find(name, p->folder);
    if (error)
        return error;
    p->name = strrchr(p->folder, '/') + 1;
    p->machine = json_load_file(file_of(p, "machine.json"), 0, NULL);
    p->words = json_load_file(file_of(p, "words.json"), 0, NULL);
    if (!p->machine || !p->words)
        return say_missing(p, p->machine ? "words.json" : "machine.json",
                           "an older version of this program made it; measure again");
    char *text = store_slurp(file_of(p, "verdicts.csv"), &length);
    if (!text)
        return say_missing(p, "verdicts.csv",
                           "it was not run to its end; make bench RESUME=1 "
                           "goes on");
    error = read_verdicts(p, text);
    free(text);
    return error;
}

void saved_run_close(struct saved_run *p)
{
    json_decref(p->machine);
    json_decref(p->words);
    free(p->verdicts);
}

const struct saved_verdict *saved_run_verdict(const struct saved_run *p, const char *tip,
                                              long claim, const char *lang)
{
    for (size_t i = 0; i < p->nverdicts; i++) {
        const struct saved_verdict *v = &p->verdicts[i];
        if (v->claim == claim && strcmp(v->tip, tip) == 0 && strcmp(v->lang, lang) == 0)
            return v;
    }
    return NULL;
}

const json_t *saved_run_tip(const struct saved_run *p, const char *tip)
{
    json_t *t;
    size_t i;

    json_array_foreach (json_object_get(p->words, "tips"), i, t)
        if (strcmp(json_string_value(json_object_get(t, "name")) ?: "", tip) == 0)
            return t;
    return NULL;
}
