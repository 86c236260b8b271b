/* SPDX-License-Identifier: MIT */
/* symptom.c - which of these do I have?
 *
 * patterns/SYMPTOMS.md is a tree of questions, and each tip's page says at which of its answers
 * the tip hangs.  On a terminal the questions are asked, one after the other, until a tip is
 * found.  Without one, or with --all, the tree is printed.  The report has it too. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "show/wrap_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a question may be answered with: a symptom further down, or a tip. */
struct answer {
    const struct symptom *at; /* NULL: it is a tip */
    const struct entry *tip;
    const char *text;
};

static const struct place *places_of(const struct entry *e)
{
    static const struct place none;

    return e->words && e->words->places ? e->words->places : &none;
}

/* That one itself, or one further down; everything is below the root. */
static bool is_under(const struct symptom *s, const struct symptom *above)
{
    size_t n = strlen(above->name);

    return n == 0 || (strncmp(s->name, above->name, n) == 0 && (!s->name[n] || s->name[n] == '/'));
}

/* Just below it, not further down. */
static bool is_below(const struct symptom *s, const struct symptom *above)
{
    size_t n = strlen(above->name);

    return s != above && is_under(s, above) && !strchr(s->name + n + (n > 0), '/');
}

/* Does a tip of this program hang there, or below? */
static bool leads_to_a_tip(const struct symptom *s)
{
    for (size_t i = 0; i < nentries; i++)
        for (const struct place *p = places_of(&entries[i]); p->at; p++)
            if (is_under(p->at, s))
                return true;
    return false;
}

static const struct symptom *symptom_find(const char *name)
{
    for (size_t i = 0; i < nsymptoms; i++)
        if (strcmp(symptoms[i].name, name) == 0 && leads_to_a_tip(&symptoms[i]))
            return &symptoms[i];
    return NULL;
}

/* A tip that hangs in several places is there several times. */
static size_t most_answers(void)
{
    size_t n = nsymptoms;

    for (size_t i = 0; i < nentries; i++)
        for (const struct place *p = places_of(&entries[i]); p->at; p++)
            n++;
    return n;
}

/* Into list, which has room for most_answers().  How many. */
static size_t answers(const struct symptom *s, struct answer *list)
{
    size_t n = 0;

    for (size_t i = 0; i < nsymptoms; i++)
        if (is_below(&symptoms[i], s) && leads_to_a_tip(&symptoms[i]))
            list[n++] = (struct answer){ &symptoms[i], NULL, symptoms[i].text };
    for (size_t i = 0; i < nentries; i++)
        for (const struct place *p = places_of(&entries[i]); p->at; p++)
            if (p->at == s)
                list[n++] = (struct answer){ NULL, &entries[i], p->text };
    return n;
}

/* --- the tree --- */

static int print_tree(const struct symptom *s, int left)
{
    struct answer *list = calloc(most_answers(), sizeof *list);

    if (!list) {
        fprintf(stderr, "twinbench: out of memory\n");
        return 1;
    }
    size_t n = answers(s, list);
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++) {
        const struct answer *a = &list[i];
        if (a->tip) {
            wrap_line(left + 4, "%*s%s: %s", left, "", a->tip->name, a->text);
            continue;
        }
        wrap_line(left + 4, "%*s%s: %s. %s", left, "", a->at->name, a->text, a->at->question);
        status = print_tree(a->at, left + 2);
    }
    free(list);
    return status;
}

static int print_from(const struct symptom *s)
{
    if (s->name[0])
        wrap_line(4, "%s: %s. %s", s->name, s->text, s->question);
    else
        wrap_line(4, "%s %s", s->text, s->question);
    return print_tree(s, 2);
}

/* --- the questions --- */

/* A number from 1 to n.  0: that is enough. */
static size_t read_choice(size_t n)
{
    char line[64];

    for (;;) {
        printf("1 to %zu, or Enter to end: ", n);
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin))
            putchar('\n');
        if (feof(stdin) || ferror(stdin) || line[0] == '\n')
            return 0;
        char *end;
        unsigned long choice = strtoul(line, &end, 10);
        if (*end == '\n' && choice >= 1 && choice <= n)
            return choice;
    }
}

static void print_tip(const struct entry *e)
{
    printf("\n");
    wrap_line(4, "%s - %s", e->name, e->words->title);
    wrap_line(4, "    What to do: %s", e->words->rule);
    wrap_line(4, "    More: %s/%s/README.md", tips_tree(), e->name);
    wrap_line(4, "    See it: %s TIP=%s", tips_make("lesson"), e->name);
}

static int ask_from(const struct symptom *s)
{
    struct answer *list = calloc(most_answers(), sizeof *list);
    const struct entry *found = NULL;

    if (!list) {
        fprintf(stderr, "twinbench: out of memory\n");
        return 1;
    }
    while (s) {
        size_t n = answers(s, list);
        printf("\n");
        wrap_line(0, "%s", s->question);
        for (size_t i = 0; i < n; i++)
            wrap_line(5, "%3zu  %s", i + 1, list[i].text);
        size_t choice = read_choice(n);
        s = choice ? list[choice - 1].at : NULL;
        found = choice ? list[choice - 1].tip : NULL;
    }
    if (found)
        print_tip(found);
    free(list);
    return 0;
}

/* --- the command --- */

static int refuse(const char *name)
{
    fprintf(stderr, "twinbench: no symptom '%.60s'; there are", name);
    for (size_t i = 0; i < nsymptoms; i++)
        if (is_below(&symptoms[i], &symptoms[0]) && leads_to_a_tip(&symptoms[i]))
            fprintf(stderr, " %s", symptoms[i].name);
    fprintf(stderr, " (all of them: twinbench symptom --all)\n");
    return 2;
}

int cmd_symptom(int argc, char **argv)
{
    bool all = false;
    const char *name;
    const struct arg flags[] = {
        { "--all", ARG_FLAG, &all, 0, 0, "print the tree, on a terminal too" },
    };
    const struct args args = { "symptom [SYMPTOM] [--all]",
                               "Find the tip that belongs to what you see, in four questions at "
                               "most; SYMPTOM is where to begin: memory, or tasks/send.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               &name,
                               0,
                               1 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    const struct symptom *from = name ? symptom_find(name) : &symptoms[0];
    if (!from)
        return refuse(name);
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    return terminal && !all ? ask_from(from) : print_from(from);
}
