/* SPDX-License-Identifier: MIT */
/* ab.c - a pair of somebody's, judged by the rule that judges the tips.
 *
 * It ends with 0; 1: a command failed, or a file could not be written; 2: it was asked for
 * wrongly; 4: it found what --fail-on names; 130: it was told to stop, and says what it has. */
#include "ab/asked.h"
#include "ab/benchmarks.h"
#include "ab/commits.h"
#include "ab/export.h"
#include "ab/results.h"
#include "ab/output.h"
#include "cmd/commands.h"
#include "process/child.h"
#include "trial/complain.h"
#include "trial/scratch.h"

#include <math.h>
#include <string.h>

/* --- what A and B are --- */

/* One command in two commits, or two commands. */
static int commands(struct series *s, const struct asked *a, const struct commits *at)
{
    struct trial *t = series_add(s);

    for (int side = 0; t && side < SIDES; side++) {
        const char *text = a->name[a->git ? SIDE_A : side];
        t->command[side] = (struct command){ .title = side_title(at, side, "", text),
                                             .text = text,
                                             .shell = strcmp(a->shell, "none") ? a->shell : NULL,
                                             .input = a->input,
                                             .folder = at->folder[side] };
        t->same_work = true;
    }
    return t ? 0 : 1;
}

static int pairs_that_run(struct series *s, const struct asked *a)
{
    static struct commits at;
    const char *scratch = a->git || a->package ? scratch_make() : NULL;
    int status = 0;

    if (a->git || a->package)
        status = scratch ? 0 : 1;
    if (status == 0 && a->git)
        status = commits_prepare(&at, a->git, a->build, scratch);
    if (status)
        return status;
    struct benchmarks b = { { a->name[SIDE_A], a->name[SIDE_B] },
                            &at,
                            a->each_ms,
                            scratch,
                            (int)ceil(a->budget_ns / 1e9) };
    if (a->package)
        return benchmarks_of_go(s, &b, a->package, a->releases);
    if (a->program)
        return benchmarks_of_google(s, &b, a->program);
    return commands(s, a, &at);
}

static int add_metrics(struct series *s, const struct arg_words *metrics)
{
    for (size_t p = 0; p < s->n; p++)
        for (size_t i = 0; i < metrics->n; i++)
            if (!measures_add_metric(&s->trial[p]->measures, metrics->word[i]))
                return 2;
    return 0;
}

/* --- from the pairs to the answer --- */

static int run(struct series *s, const struct asked *a)
{
    int status = pairs_that_run(s, a);

    if (status == 0)
        status = add_metrics(s, &a->metrics);
    if (status == 0)
        status = series_run(s);
    scratch_remove();
    if (status == 0 && a->git)
        commits_note_changes();
    if (status == 130 && a->journal)
        fprintf(stderr, "twinbench: ab: twinbench ab --resume %s goes on\n", a->out);
    return status;
}

static int read_results(struct series *s, const struct asked *a)
{
    const char *const file[SIDES] = { a->files.word[0], a->files.n > 1 ? a->files.word[1] : NULL },
                      *const name[SIDES] = { a->name[SIDE_A],
                                             a->name[SIDE_B] ? a->name[SIDE_B] : a->name[SIDE_A] };

    return results_read(s, file, name);
}

static int fail_on(const struct series *s, const bool words[SAID_WORDS])
{
    int status = 0;

    for (size_t p = 0; p < s->n; p++)
        for (size_t i = 0; i < s->trial[p]->measures.n; i++) {
            enum said said = trial_answer(s->trial[p], i).said;
            if (!words[said])
                continue;
            fprintf(stderr, "twinbench: --fail-on %s: %s\n", said_word(said),
                    s->trial[p]->measures.list[i].name);
            status = 4;
        }
    return status;
}

static int conclude(const struct series *s, const struct asked *a)
{
    int status = 0;

    say_text(stdout, s);
    for (size_t i = 0; i < a->exports.n; i++)
        if (export_write(s, a->exports.word[i], a->fail_on) != 0)
            status = 1;
    if (s->interrupted)
        return 130;
    return status ? status : fail_on(s, a->fail_on);
}

int cmd_ab(int argc, char **argv)
{
    struct asked a;
    bool done = false;
    int status = asked_read(&a, argc, argv, &done);

    if (status == 0 && !done) {
        struct series s = { .prepare = { .text = a.prepare, .shell = "sh" },
                            .warmups = a.warmups,
                            .budget_ns = a.budget_ns,
                            .margin = a.margin,
                            .most_runs = a.most_runs,
                            .journal = a.journal };
        child_catch_signals();
        status = a.files.n ? read_results(&s, &a) : run(&s, &a);
        if (status == 0 || (status == 130 && series_has_blocks(&s)))
            status = conclude(&s, &a);
        else if (status == 130)
            complain("interrupted before there was anything to judge");
        series_free(&s);
    }
    journal_close(a.journal);
    return status;
}
