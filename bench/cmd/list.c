/* SPDX-License-Identifier: MIT */
/* list.c - the tips, for a person, for a script (--names), or for the charts and the
 * report, which take all words from here (--json); and the columns of all tables, as
 * bench/COLUMNS.md has them (--columns). */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "say/sentences.h"
#include "show/wrap_text.h"
#include "store/schema.h"
#include "store/tips_json.h"

#include <inttypes.h>
#include <stdio.h>

static void print_claim(const struct claim *c)
{
    const char *bad = expect_phrase(c->bad), *good = expect_phrase(c->good);

    wrap_line(6, "    %-14s %s%s%s%s%s%s%s%s%s", c->column, bad[0] ? "bad " : "", bad,
              bad[0] && good[0] ? ", " : "", good[0] ? "good " : "", good, c->heap ? " on " : "",
              c->heap ? heap_name(c->heap) : "", c->refuted ? "; expected to be refuted" : "",
              c->varies ? "; differs from machine to machine" : "");
}

static void print_tip(const struct entry *e)
{
    const struct tip *t = e->tip;
    char points[MAX_POINTS * 22] = "";

    for (size_t i = 0, n = 0; i < tip_points(t); i++)
        n += (size_t)snprintf(points + n, sizeof points - n, "%s%" PRIu64, i ? ", " : "",
                              t->points[i]);
    wrap_line(4, "%s - %s", e->name, e->words->title);
    wrap_line(6, "    with %s %s (%s)", points, t->dial_unit, dial_flag(t->dial));
    for (size_t i = 0; i < tip_claims(t); i++)
        print_claim(&t->claims[i]);
}

static int print_json(void)
{
    json_t *all = tips_json();
    int failed = !all || json_dumpf(all, stdout, JSON_INDENT(1));

    putchar('\n');
    json_decref(all);
    return failed ? 1 : 0;
}

int cmd_list(int argc, char **argv)
{
    bool names = false, json = false, markdown = false;
    const struct arg flags[] = {
        { "--names", ARG_FLAG, &names, 0, 0, "only the names, one a line" },
        { "--json", ARG_FLAG, &json, 0, 0, "all words, and the columns, for programs" },
        { "--columns", ARG_FLAG, &markdown, 0, 0, "the columns of all tables, as Markdown" },
    };
    const struct args args = { "list [--names | --json | --columns]",
                               "Show the tips, with their parameters and claims.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               NULL,
                               0,
                               0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    if (json)
        return print_json();
    if (markdown) {
        schema_markdown(stdout);
        return 0;
    }
    for (size_t i = 0; i < nentries; i++) {
        if (names)
            puts(entries[i].name);
        else
            print_tip(&entries[i]);
    }
    return 0;
}
