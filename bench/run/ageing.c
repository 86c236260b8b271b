/* SPDX-License-Identifier: MIT */
/* ageing.c - run each fact of ageing with each release of Go. */
#include "run/ageing.h"

#include "process/child.h"
#include "process/probe_go.h"

#include <errno.h>
#include <stdlib.h>

static bool is_run(const struct fact *f)
{
    return f->probe || f->claim;
}

/* Can this Go be asked? */
static bool is_asked(const struct fact *f, const struct executor *x)
{
    return executor_is_built_go(x) && (!f->than_before || executor_before(x));
}

static void add(struct ageing *a, const struct entry *e, const struct fact *f,
                const struct executor *x)
{
    struct aged *aged = &a->list[a->n++];

    *aged = (struct aged){ .tip = e->name, .fact = f, .executor = x };
    if (x && f->probe)
        probe_go(aged);
}

/* A fact that is cited and not run has one line.  So has a fact that no executor here can run. */
static void add_fact(struct ageing *a, const struct entry *e, const struct fact *f)
{
    size_t before = a->n;

    for (size_t k = 0; is_run(f) && k < nexecutors() && !child_interrupted(); k++)
        if (is_asked(f, executor_at(k)))
            add(a, e, f, executor_at(k));
    if (a->n == before)
        add(a, e, f, NULL);
}

int ageing_find(struct ageing *a, const struct entry *const *tips, size_t ntips)
{
    *a = (struct ageing){ calloc(ntips * MAX_FACTS * nexecutors() + 1, sizeof *a->list), 0 };
    if (!a->list)
        return -ENOMEM;
    for (size_t i = 0; i < ntips; i++)
        for (size_t k = 0; k < tip_facts(tips[i]->tip); k++)
            add_fact(a, tips[i], &tips[i]->tip->aged[k]);
    return child_interrupted() ? -EINTR : 0;
}

void ageing_judge(struct ageing *a, const struct findings *f)
{
    for (size_t i = 0; i < a->n; i++)
        if (a->list[i].executor && a->list[i].fact->claim)
            aged_by_claim(&a->list[i], f);
}

static void print_contradiction(FILE *out, const struct aged *a)
{
    const struct fact *f = a->fact;

    fprintf(out, "  contradicted by %s: %s: \"%s\", %s%s: %s, %s\n", a->executor->title, a->tip,
            f->what, f->since ? "since Go " : "in every release", f->since ? f->since : "",
            answer_word(a->answer), a->saw);
}

void ageing_print(FILE *out, const struct ageing *a)
{
    size_t count[STANDING_CITED + 1] = { 0 }, answers = 0;

    for (size_t i = 0; i < a->n; i++) {
        count[aged_standing(&a->list[i])]++;
        answers += a->list[i].executor != NULL;
    }
    if (answers == 0)
        return;
    fprintf(out,
            "ageing: %zu answers of Go's releases, %zu as the tips say, %zu contradict them, %zu "
            "undecided; "
            "%zu facts are cited, not run\n",
            answers, count[STANDING_CONFIRMED], count[STANDING_CONTRADICTED],
            count[STANDING_UNDECIDED], count[STANDING_CITED]);
    for (size_t i = 0; i < a->n; i++)
        if (aged_standing(&a->list[i]) == STANDING_CONTRADICTED)
            print_contradiction(out, &a->list[i]);
}
