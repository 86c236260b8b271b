/* SPDX-License-Identifier: MIT */
/* list.c - the tips, for a person, for a script (--names), or for the charts and the
 * report, which take all words from here (--json); and the columns of all tables, as
 * bench/COLUMNS.md has them (--columns). */
#include "args.h"
#include "commands.h"
#include "judge.h"
#include "schema.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

static void print_claim(const struct claim *c)
{
    printf("    %-14s bad %s, good %s%s%s%s\n", c->column, expect_word(c->bad),
           expect_word(c->good), c->heap ? " on " : "", c->heap ? c->heap : "",
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

/* --- for programs --- */

static json_t *points_json(const struct tip *t)
{
    json_t *points = json_array();

    for (size_t i = 0; i < tip_points(t); i++)
        json_array_append_new(points, json_integer((json_int_t)t->points[i]));
    return points;
}

static json_t *claims_json(const struct tip *t)
{
    json_t *claims = json_array();

    for (size_t i = 0; i < tip_claims(t); i++) {
        const struct claim *c = &t->claims[i];

        json_array_append_new(claims, json_pack("{ss ss ss sf sb ss? ss? ss? ss?}", "column", c->column,
                                                "bad", expect_word(c->bad), "good",
                                                expect_word(c->good), "ratio", c->ratio,
                                                "refuted", c->refuted, "why", c->why, "heap",
                                                c->heap, "go_why", c->go.why,
                                                "go_since", c->go.since));
    }
    return claims;
}

static json_t *tip_json(const struct entry *e)
{
    const struct tip *t = e->tip;

    return json_pack("{ss ss ss ss ss ss ss ss? ss ss so so}", "name", e->name, "title", t->title,
                     "folklore", t->folklore, "rule", t->rule, "go_line", t->go_line, "when_not",
                     t->when_not, "aged", t->aged, "go_none", t->go_none, "dial", dial_name(t->dial), "dial_unit",
                     t->dial_unit, "points", points_json(t), "claims", claims_json(t));
}

static json_t *columns_json(void)
{
    static const char *const kinds[] = { "TEXT", "SETTING", "EXACT", "BOUNDED", "MEASURED" };
    json_t *list = json_array();

    for (size_t i = 0; i < ncolumns; i++)
        json_array_append_new(list, json_pack("{ss ss ss ss}", "name", columns[i].name, "kind",
                                              kinds[columns[i].kind], "unit", columns[i].unit,
                                              "text", columns[i].text));
    return list;
}

/* {"tips": [...], "columns": [...]} */
static int print_json(void)
{
    json_t *tips = json_array(), *all;
    int failed;

    for (size_t i = 0; i < nentries; i++)
        json_array_append_new(tips, tip_json(&entries[i]));
    all = json_pack("{so so}", "tips", tips, "columns", columns_json());
    failed = !all || json_dumpf(all, stdout, JSON_INDENT(1));
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
                               "Show the tips, with their dials and claims.",
                               flags, sizeof flags / sizeof flags[0], NULL, 0, 0 };
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
