/* SPDX-License-Identifier: MIT */
/* saved_calibration.c - find the newest calibration of a machine, and its sentence. */
#include "store/saved_calibration.h"

#include "store/machine.h"
#include "store/whole_file.h"

#include <glob.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>

const char *saved_calibration_folder(const char *results)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/calibration", results);
    return path;
}

static bool same_machine(const json_t *a, const json_t *b)
{
    static const char *const names[] = { "cpu", "cores", "hypervisor" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!json_equal(json_object_get(a, names[i]), json_object_get(b, names[i])))
            return false;
    return true;
}

static json_t *load_if_of(const char *path, const json_t *facts)
{
    json_t *o = whole_file_json(path, NULL);

    if (o && same_machine(json_object_get(o, "machine"), facts))
        return o;
    json_decref(o);
    return NULL;
}

/* The folders are named by date, so the last that matches is the newest. */
json_t *saved_calibration_find(const char *results, const json_t *facts)
{
    char pattern[PATH_MAX + 32];
    json_t *found = NULL;
    glob_t g;

    snprintf(pattern, sizeof pattern, "%s/[0-9]*/calibration.json",
             saved_calibration_folder(results));
    if (glob(pattern, 0, NULL, &g) != 0)
        return NULL;
    for (size_t i = g.gl_pathc; i-- > 0 && !found;)
        found = load_if_of(g.gl_pathv[i], facts);
    globfree(&g);
    return found;
}

const char *saved_calibration_says(const json_t *calibration, const json_t *facts)
{
    bool quick = json_is_true(json_object_get(facts, "quick"));
    double margin = machine_margin(facts);
    json_t *design;
    size_t i;

    json_array_foreach (json_object_get(calibration, "designs"), i, design)
        if (json_is_true(json_object_get(design, "quick")) == quick &&
            fabs(json_number_value(json_object_get(design, "margin")) - margin) < 1e-6)
            return json_string_value(json_object_get(design, "says"));
    return NULL;
}
