/* SPDX-License-Identifier: MIT */
/* saved_run.c - from a name to a run, and what is in it. */
#include "store/saved_run.h"

#include "inside/tips.h"

#include "store/store.h"
#include "store/whole_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- where it is --- */

/* Does the folder hold samples.csv?  Then it is a run. */
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

    int n = snprintf(inside, sizeof inside, "%s/%s", store_usual(), name ? name : "latest");
    if ((name && is_run(name, path)) || ((size_t)n < sizeof inside && is_run(inside, path)))
        return 0;
    if (!name)
        fprintf(stderr, "twinbench: there is no run yet: %s makes one\n", tips_make("bench"));
    else if (name[0] == '/')
        fprintf(stderr,
                "twinbench: no run in '%.60s' (no samples.csv); the runs are the folders of %s/\n",
                name, store_usual());
    else
        fprintf(stderr,
                "twinbench: no run in '%.60s' nor in %s/%.60s (no samples.csv); the "
                "runs are the folders of %s/\n",
                name, store_usual(), name, store_usual());
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

static const char *file_of(const struct saved_run *p, const char *name)
{
    static char path[PATH_MAX + 32];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    return path;
}

static int say_broken(const struct saved_run *p, const char *name, const char *why)
{
    fprintf(stderr, "twinbench: %s: %s\n", file_of(p, name), why);
    return -ENOENT;
}

/* An object, or NULL: said why not. */
static json_t *load_object(const struct saved_run *p, const char *name)
{
    char why[JSON_ERROR_TEXT_LENGTH + 160] = "it holds something else than it should";
    json_error_t e;
    json_t *o = whole_file_json(file_of(p, name), &e);

    if (json_is_object(o))
        return o;
    if (!o && access(file_of(p, name), F_OK) != 0)
        snprintf(why, sizeof why,
                 "it is missing: it was deleted, or an older version of this program made the run");
    else if (!o && e.line < 0)
        snprintf(why, sizeof why, "it cannot be read (%s)", e.text);
    else if (!o)
        snprintf(why, sizeof why, "line %d cannot be read (%s)", e.line, e.text);
    strcat(why, "; make bench RESUME=1 writes it again, of the newest run");
    json_decref(o);
    say_broken(p, name, why);
    return NULL;
}

static int load_verdicts(struct saved_run *p)
{
    static const char name[] = "verdicts.csv";
    size_t length;
    struct csv t;

    p->text = whole_file_read(file_of(p, name), &length);
    if (!p->text)
        return say_broken(p, name,
                          "it is missing: the run did not come to its end; make bench RESUME=1 "
                          "goes on");
    if (csv_open(&t, p->text, length) < 0)
        return say_broken(p, name, "it has no header; make bench RESUME=1 judges once more");
    int error = tables_read_verdicts(&t, &p->verdicts, &p->nverdicts);
    if (!error && p->nverdicts == 0)
        return say_broken(p, name, "no verdict is in it; make bench RESUME=1 judges once more");
    csv_say_foreign(&t, file_of(p, name), stderr);
    return error;
}

int saved_run_open(struct saved_run *p, const char *name)
{
    *p = (struct saved_run){ .name = "" };
    int error = saved_run_find(name, p->folder);
    if (error)
        return error;
    p->name = strrchr(p->folder, '/') + 1;
    p->machine = load_object(p, "machine.json");
    p->words = p->machine ? load_object(p, "words.json") : NULL;
    return p->words ? load_verdicts(p) : -ENOENT;
}

void saved_run_close(struct saved_run *p)
{
    json_decref(p->machine);
    json_decref(p->words);
    free(p->verdicts);
    free(p->text);
}

const struct verdict_row *saved_run_verdict(const struct saved_run *p, const char *tip,
                                            size_t claim, const struct executor *x)
{
    for (size_t i = 0; i < p->nverdicts; i++) {
        const struct verdict *v = &p->verdicts[i].v;
        if (v->claim == claim && v->executor == x && strcmp(v->tip, tip) == 0)
            return &p->verdicts[i];
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
