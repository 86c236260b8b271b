/* SPDX-License-Identifier: MIT */
/* ab.c - two commands of somebody's, judged by the rule that judges the tips.
 *
 * It ends with 0; 1: a command failed, or a file could not be written; 2: it was asked for
 * wrongly; 4: it found what --fail-on names; 130: it was told to stop, and says what it has. */
#include "ab/benchmarks.h"
#include "ab/say.h"
#include "cmd/args.h"
#include "cmd/commands.h"
#include "process/child.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "60s", "2m", "60" into nanoseconds. */
static bool read_budget(const char *text, double *ns)
{
    char *end;
    double n = strtod(text, &end);
    double by = strcmp(end, "m") == 0 ? 60 : strcmp(end, "s") == 0 || !*end ? 1 : 0;

    if (end == text || by == 0 || !(n > 0) || n * by > 86400) {
        fprintf(stderr,
                "twinbench: --budget wants seconds up to a day, as 60s or 5m, not '%.60s'\n", text);
        return false;
    }
    *ns = n * by * 1e9;
    return true;
}

/* "5%" or "5" into 0.05. */
static bool read_margin(const char *text, double *share)
{
    char *end;
    double n = strtod(text, &end);

    if (end == text || (strcmp(end, "%") != 0 && *end) || !(n > 0) || n > 100) {
        fprintf(stderr, "twinbench: --margin wants percents, as 5%%, not '%.60s'\n", text);
        return false;
    }
    *share = n / 100;
    return true;
}

/* "slower,undecided"; NULL: nothing. */
static bool read_fail_on(const char *list, bool fail_on[SAID_WORDS])
{
    char text[128], *rest = text, *word;

    snprintf(text, sizeof text, "%s", list ? list : "");
    while (list && (word = strsep(&rest, ","))) {
        int said = words_find(&said_words, word);
        if (said < 0) {
            fprintf(stderr,
                    "twinbench: --fail-on takes slower, faster, more, less, same, undecided, equal "
                    "and differs, with commas between them, not '%.60s'\n",
                    word);
            return false;
        }
        fail_on[said] = true;
    }
    return true;
}

/* --- files --- */

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), k = strlen(end);

    return n > k && strcmp(name + n - k, end) == 0;
}

static bool check_exports(const struct arg_words *files)
{
    for (size_t i = 0; i < files->n; i++)
        if (!ends_with(files->word[i], ".json") && !ends_with(files->word[i], ".md") &&
            !ends_with(files->word[i], ".xml")) {
            fprintf(stderr,
                    "twinbench: --export wants a file that ends in .json, .md or .xml (JUnit), not "
                    "'%.60s'\n",
                    files->word[i]);
            return false;
        }
    return true;
}

static int export(const struct trial *t, const char *name, const bool fail_on[SAID_WORDS])
{
    FILE *out = fopen(name, "w");

    if (out && ends_with(name, ".json"))
        say_json(out, t);
    else if (out && ends_with(name, ".md"))
        say_markdown(out, t);
    else if (out)
        say_junit(out, t, fail_on);
    bool lost = out && ferror(out);
    if (out && (fclose(out) != 0 || lost))
        lost = true;
    if (!out || lost)
        fprintf(stderr, "twinbench: cannot write %s: %s\n", name, strerror(errno));
    return out && !lost ? 0 : 1;
}

/* --- the answer --- */

static int conclude(const struct trial *t, const struct arg_words *files,
                    const bool fail_on[SAID_WORDS])
{
    int status = t->interrupted ? 130 : 0;

    say_text(stdout, t);
    for (size_t i = 0; i < files->n; i++)
        if (export(t, files->word[i], fail_on) != 0)
            status = 1;
    for (size_t i = 0; i < t->measures.n && status == 0; i++) {
        enum said said = trial_answer(t, i).said;
        if (!fail_on[said])
            continue;
        fprintf(stderr, "twinbench: --fail-on %s: %s\n", said_word(said), t->measures.list[i].name);
        status = 4;
    }
    return status;
}

static bool readable(const char *path)
{
    if (!path || access(path, R_OK) == 0)
        return true;
    fprintf(stderr, "twinbench: --stdin %s: %s\n", path, strerror(errno));
    return false;
}

/* --- what A and B are --- */

/* A folder for what is built, which is gone when we are. */
static char scratch[PATH_MAX];

static int scratch_make(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(scratch, sizeof scratch, "%s/twinbench-ab.XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (mkdtemp(scratch))
        return 0;
    fprintf(stderr, "twinbench: ab: %s: %s\n", scratch, strerror(errno));
    return 1;
}

static void scratch_remove(void)
{
    char binary[PATH_MAX + 16];

    snprintf(binary, sizeof binary, "%s/package.test", scratch);
    unlink(binary);
    rmdir(scratch);
}

static void are_commands(struct trial *t, const char *const text[SIDES], const char *shell,
                         const char *input)
{
    const char *reader = strcmp(shell, "none") == 0 ? NULL : shell;

    t->same_work = true;
    for (int side = 0; side < SIDES; side++)
        t->command[side] = (struct command){ NULL, text[side], reader, input };
}

/* --- the command --- */

int cmd_ab(int argc, char **argv)
{
    static struct trial t; /* too big for a frame */
    const char *words[2], *budget = "60s", *margin = "5%", *shell = "sh", *input = NULL,
                          *fail_list = NULL, *prepare = NULL, *package = NULL, *program = NULL;
    bool fail_on[SAID_WORDS] = { false };
    struct arg_words metrics = { .n = 0 }, files = { .n = 0 };
    const struct arg flags[] = {
        { "--budget", ARG_WORD, &budget, 0, 0, "time for all of it: 60s" },
        { "--runs", ARG_NUMBER, &t.most_runs, 96, 10000, "at most so many in all: what fits" },
        { "--margin", ARG_WORD, &margin, 0, 0, "a difference that does not count: 5%" },
        { "--metric", ARG_WORDS, &metrics, 0, 0, "'NAME: PATTERN', a number that they print" },
        { "--go", ARG_WORD, &package, 0, 0, "a folder of Go: A and B are its benchmarks" },
        { "--gbench", ARG_WORD, &program, 0, 0, "a Google Benchmark: A and B are in it" },
        { "--benchtime-ms", ARG_NUMBER, &t.each_ms, 1, 60000, "for a benchmark in a process: 100" },
        { "--prepare", ARG_WORD, &prepare, 0, 0, "a command before each run, not timed" },
        { "--warmup", ARG_NUMBER, &t.warmups, 1, 1000, "runs that do not count: 1" },
        { "--stdin", ARG_WORD, &input, 0, 0, "a file for their standard input" },
        { "--shell", ARG_WORD, &shell, 0, 0, "that reads the commands: sh; or none" },
        { "--export", ARG_WORDS, &files, 0, 0, "into a file.json, .md or .xml (JUnit)" },
        { "--fail-on", ARG_WORD, &fail_list, 0, 0, "slower, undecided, ...: end with 4 on it" },
    };
    const struct args args = { "ab 'COMMAND A' 'COMMAND B' [flags]",
                               "Two commands of yours: is B slower than A, or does it need more?",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               2,
                               2 };
    t.each_ms = 100;
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    measures_start(&t.measures);
    for (size_t i = 0; i < metrics.n; i++)
        if (!measures_add(&t.measures, metrics.word[i]))
            return 2;
    if (!read_budget(budget, &t.budget_ns) || !read_margin(margin, &t.margin) ||
        !read_fail_on(fail_list, fail_on) || !check_exports(&files) || !readable(input))
        return 2;
    child_catch_signals();
    t.prepare = (struct command){ NULL, prepare, "sh", NULL };
    int status = 0;
    if (package && (status = scratch_make()) == 0)
        status = benchmarks_of_go(&t, package, words, scratch);
    else if (program)
        status = benchmarks_of_google(&t, program, words);
    else
        are_commands(&t, words, shell, input);
    if (status == 0)
        status = trial_run(&t);
    if (package)
        scratch_remove();
    if (status == 0 || (status == 130 && t.blocks > 0))
        status = conclude(&t, &files, fail_on);
    measures_free(&t.measures);
    return status;
}
