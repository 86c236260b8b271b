/* SPDX-License-Identifier: MIT */
/* saved_run.c - from a name to a run, and what is in it. */
#include "store/saved_run.h"

#include "store/store.h"

#include <errno.h>
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
    p->text = store_slurp(file_of(p, "verdicts.csv"), &length);
    if (!p->text)
        return say_missing(p, "verdicts.csv",
                           "it was not run to its end; make bench RESUME=1 "
                           "goes on");
    return tables_read_verdicts(p->text, &p->verdicts, &p->nverdicts);
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
