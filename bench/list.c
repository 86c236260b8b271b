/* SPDX-License-Identifier: MIT */
/* list.c - the tips, for a person or for a script (--names). */
#include "args.h"
#include "commands.h"
#include "judge.h"

#include <inttypes.h>
#include <stdio.h>

static void print_claim(const struct claim *c)
{
    printf("    %-14s bad %s, good %s%s\n", c->column, expect_word(c->bad), expect_word(c->good),
           c->refuted ? "; expected to be refuted" : "");
}

static void print_tip(const struct entry *e)
{
    const struct tip *t = e->tip;

    printf("%s - %s\n    %s", e->name, t->title, dial_name(t->dial));
    for (size_t i = 0; i < tip_points(t); i++)
        printf(" %" PRIu64, t->points[i]);
    printf(" (%s)\n", t->dial_unit);
    for (size_t i = 0; i < tip_claims(t); i++)
        print_claim(&t->claims[i]);
}

int cmd_list(int argc, char **argv)
{
    bool names = false;
    const struct arg flags[] = {
        { "--names", ARG_FLAG, &names, 0, 0, "only the names, one a line" },
    };
    const struct args args = { "list [--names]", "Show the tips, with their dials and claims.",
                               flags, 1, NULL, 0, 0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    for (size_t i = 0; i < nentries; i++) {
        if (names)
            puts(entries[i].name);
        else
            print_tip(&entries[i]);
    }
    return 0;
}
