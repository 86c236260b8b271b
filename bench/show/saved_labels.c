/* SPDX-License-Identifier: MIT */
/* saved_labels.c - labels.csv, read back. */
#include "show/saved_labels.h"

#include "inside/csv.h"
#include "store/whole_file.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NAN: there is none, or the field is no number. */
static double number(const struct csv *t, const char *column)
{
    const char *text = csv_field(t, column);

    return text && text[0] ? csv_to_number(text) : NAN;
}

static bool read_line(const struct csv *t, struct saying *s)
{
    const char *tip = csv_field(t, "tip"), *lang = csv_field(t, "lang");
    const char *label = csv_field(t, "label"), *on = csv_field(t, "on");
    const char *evidence = csv_field(t, "evidence");
    const char *saying = csv_field(t, "said"); /* older runs have none */

    *s = (struct saying){
        .tip = tip, .ratio = number(t, "ratio"), .lo = number(t, "lo"), .hi = number(t, "hi")
    };
    if (!tip || !lang || lang[0] || !label || !on || !evidence || !label_find(label, &s->label))
        return false;
    snprintf(s->on, sizeof s->on, "%s", on);
    snprintf(s->evidence, sizeof s->evidence, "%s", evidence);
    snprintf(s->said, sizeof s->said, "%s", saying ? saying : "");
    return true;
}

int saved_labels_read(const char *folder, struct saved_labels *l)
{
    char path[PATH_MAX + 16];
    struct csv t;
    size_t length;

    *l = (struct saved_labels){ .n = 0 };
    snprintf(path, sizeof path, "%s/labels.csv", folder);
    l->text = whole_file_read(path, &length);
    if (!l->text || csv_open(&t, l->text, length) < 0) {
        saved_labels_free(l);
        return -ENOENT;
    }
    l->sayings = calloc(csv_most(&t) + 1, sizeof *l->sayings);
    if (!l->sayings) {
        saved_labels_free(l);
        return -ENOMEM;
    }
    while (csv_next(&t))
        l->n += read_line(&t, &l->sayings[l->n]);
    return 0;
}

void saved_labels_free(struct saved_labels *l)
{
    free(l->sayings);
    free(l->text);
    *l = (struct saved_labels){ .n = 0 };
}

const struct saying *saved_labels_find(const struct saved_labels *l, const char *tip)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->sayings[i].tip, tip) == 0)
            return &l->sayings[i];
    return NULL;
}
