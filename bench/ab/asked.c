/* SPDX-License-Identifier: MIT */
/* asked.c - flags, what they may be, and which of them go together. */
#include "ab/asked.h"

#include "ab/export.h"
#include "ab/texts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Complain; the value is the exit status for a mistake on the command line. */
#define wrong(...) (complain(__VA_ARGS__), 2)

/* --- values --- */

/* "60s", "2m", "1h", "60" into nanoseconds. */
static int read_budget(const char *text, double *ns)
{
    char *end;
    double n = strtod(text, &end);
    double by = strcmp(end, "h") == 0            ? 3600
                : strcmp(end, "m") == 0          ? 60
                : strcmp(end, "s") == 0 || !*end ? 1
                                                 : 0;

    if (end == text || by == 0 || !(n > 0) || n * by > 86400)
        return wrong("--budget wants a time up to a day, as 60s, 5m or 1h, not '%.60s'", text);
    *ns = n * by * 1e9;
    return 0;
}

/* "5%" or "5" into 0.05. */
static int read_margin(const char *text, double *share)
{
    char *end;
    double n = strtod(text, &end);

    if (end == text || (strcmp(end, "%") != 0 && *end) || !(n > 0) || n > 100)
        return wrong("--margin wants percents, up to 100, as 5%%, not '%.60s'", text);
    *share = n / 100;
    return 0;
}

/* "slower,undecided"; NULL: nothing. */
static int read_fail_on(const char *list, bool fail_on[SAID_WORDS])
{
    char *text = text_of("%s", list ? list : ""), *rest = text, *word;
    int status = 0;

    while (list && !status && (word = strsep(&rest, ","))) {
        int said = words_find(&said_words, word);
        if (said < 0)
            status = wrong("--fail-on takes slower, faster, more, less, same, undecided, equal and "
                           "differs, with commas between them, not '%.60s'",
                           word);
        else
            fail_on[said] = true;
    }
    free(text);
    return status;
}

static int check_exports(const struct arg_words *files)
{
    int status = 0;

    for (size_t i = 0; i < files->n && !status; i++)
        status = export_check(files->word[i]) ? 2 : 0;
    return status;
}

/* Each run reads it from the beginning. */
static int check_input(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat s;
    int status = 0;

    if (fd < 0 || fstat(fd, &s) < 0)
        status = wrong("--stdin %s: %s", path, strerror(errno));
    else if (S_ISDIR(s.st_mode))
        status = wrong("--stdin %s: it is a folder", path);
    else if (isatty(fd) || !(S_ISREG(s.st_mode) || S_ISCHR(s.st_mode)))
        status =
            wrong("--stdin %s: it is no file, so that the first run would take from the others "
                  "what is there to read",
                  path);
    if (fd >= 0)
        close(fd);
    return status;
}

static int check_metrics(const struct arg_words *metrics)
{
    struct measures m;
    int status = 0;

    measures_start(&m);
    for (size_t i = 0; i < metrics->n && !status; i++)
        status = measures_add_metric(&m, metrics->word[i]) ? 0 : 2;
    measures_free(&m);
    return status;
}

/* --- what goes with what --- */

/* The words behind "--" are one command, as they stand. */
static const char *join(char **words, int n)
{
    char *all = text_of("%s", "");

    for (int i = 0; i < n; i++) {
        char *word = n > 1 ? text_quoted(words[i]) : text_of("%s", words[i]);
        char *more = text_of("%s%s%s", all, i ? " " : "", word);
        free(all);
        free(word);
        all = more;
    }
    return all;
}

/* Check that there are as many names as their kind allows. */
static int check_names(const struct asked *a, size_t n)
{
    bool benchmarks = a->package || a->program;
    const char *what = a->files.n   ? "--read"
                       : a->package ? "--go"
                       : a->program ? "--gbench"
                                    : "--git";

    if (!benchmarks && !a->git && !a->files.n && n != 2)
        return wrong("%s; usage: twinbench ab 'COMMAND A' 'COMMAND B' [flags]",
                     n < 2 ? "an argument is missing" : "a command too many");
    if (a->git && !benchmarks && n != 1)
        return wrong("--git wants one command, which is run in both commits: --git OLD..NEW -- "
                     "COMMAND");
    if (n == 0)
        return wrong("%s wants the name of a benchmark behind it, or two", what);
    if (a->files.n == 1 && n != 2)
        return wrong("--read of one file wants two names: what A and B are called in it");
    if (a->files.n == 1 && strcmp(a->name[SIDE_A], a->name[SIDE_B]) == 0)
        return wrong("--read of one file wants two names, and both are '%.60s'; --read twice "
                     "compares it in two files",
                     a->name[SIDE_A]);
    for (size_t i = 0; i < n; i++)
        if (!a->name[i][strspn(a->name[i], " \t\n")])
            return wrong("%c is empty; it wants a command, or the name of a benchmark", "AB"[i]);
    return 0;
}

/* The first of these flags that was given; NULL: none was. */
struct given {
    const char *flag;
    bool is;
};
static const char *first_given(const struct given *flags, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (flags[i].is)
            return flags[i].flag;
    return NULL;
}

static int check_together(const struct asked *a, const char *budget, size_t names)
{
    const struct given to_run[] = {
        { "--go", a->package },
        { "--gbench", a->program },
        { "--git", a->git },
        { "--out", a->out },
        { "--metric", a->metrics.n },
        { "--budget", budget },
        { "--runs", a->most_runs },
        { "--prepare", a->prepare },
        { "--warmup", a->warmups },
        { "--stdin", a->input },
        { "--shell", a->shell },
        { "--build", a->build },
        { "--benchtime-ms", a->each_ms },
        { "--go-releases", a->releases },
    };
    const struct given to_commands[] = { { "--stdin", a->input }, { "--shell", a->shell } };
    const char *run = first_given(to_run, sizeof to_run / sizeof to_run[0]),
               *command = first_given(to_commands, sizeof to_commands / sizeof to_commands[0]);
    bool benchmarks = a->package || a->program;

    if (a->files.n > 2)
        return wrong("--read may be given twice: A's file and B's");
    if (a->package && a->program)
        return wrong("--go and --gbench name two kinds of benchmark; choose one");
    if (a->files.n && run)
        return wrong("--read runs nothing, so it goes with no %s", run);
    if (benchmarks && command)
        return wrong("%s is for commands, and A and B are benchmarks", command);
    if (a->each_ms && !benchmarks)
        return wrong("--benchtime-ms is for --go and --gbench");
    if (a->build && !a->git)
        return wrong("--build is for --git: how each commit becomes what is run");
    if (a->releases && !a->package)
        return wrong("--go-releases is for --go");
    return check_names(a, names);
}

/* --- the command line --- */

/* Where "--" is; argc if there is none. */
static int find_end(int argc, char **argv)
{
    int i = 1;

    while (i < argc && strcmp(argv[i], "--") != 0)
        i++;
    return i;
}

static int read_flags(struct asked *a, int argc, char **argv, bool *done)
{
    const char *budget = NULL, *margin = "5%", *fail_list = NULL, *folder = NULL;
    const struct arg flags[] = {
        { "--git", ARG_WORD, &a->git, 0, 0, "OLD..NEW, two commits: the command runs in both" },
        { "--build", ARG_WORD, &a->build, 0, 0, "the command that builds each commit, as 'make'" },
        { "--go", ARG_WORD, &a->package, 0, 0, "a folder of Go: A and B are its benchmarks" },
        { "--go-releases", ARG_WORD, &a->releases, 0, 0, "in these Gos: '1.19 1.27', or all" },
        { "--gbench", ARG_WORD, &a->program, 0, 0, "a Google Benchmark: A and B are in it" },
        { "--benchtime-ms", ARG_NUMBER, &a->each_ms, 1, 60000,
          "time of a benchmark in each process: 100" },
        { "--read", ARG_WORDS, &a->files, 0, 0, "a file of results, or A's and B's; runs nothing" },
        { "--budget", ARG_WORD, &budget, 0, 0, "time for the whole series: 60s" },
        { "--runs", ARG_NUMBER, &a->most_runs, 96, 10000,
          "runs of each pair at most: as many as fit into the budget" },
        { "--margin", ARG_WORD, &margin, 0, 0, "a difference that does not count: 5%" },
        { "--metric", ARG_WORDS, &a->metrics, 0, 0, "'NAME: PATTERN', a number that they print" },
        { "--prepare", ARG_WORD, &a->prepare, 0, 0, "a command before each run, not timed" },
        { "--warmup", ARG_NUMBER, &a->warmups, 1, 1000, "runs that do not count: 1" },
        { "--stdin", ARG_WORD, &a->input, 0, 0, "a file for their standard input" },
        { "--shell", ARG_WORD, &a->shell, 0, 0, "the shell that runs the commands: sh; or none" },
        { "--out", ARG_WORD, &a->out, 0, 0, "a folder that keeps each run as it ends" },
        { "--resume", ARG_WORD, &folder, 0, 0, "go on with the series in such a folder" },
        { "--export", ARG_WORDS, &a->exports, 0, 0, "into a file that ends in " EXPORT_FORMATS },
        { "--fail-on", ARG_WORD, &fail_list, 0, 0, "slower, undecided, ...: end with 4 on it" },
    };
    const struct args args = { "ab 'COMMAND A' 'COMMAND B' [flags]",
                               "Compare two commands: is B slower than A, or does it need more?",
                               flags,
                               sizeof flags / sizeof flags[0],
                               a->name,
                               0,
                               2 };
    int end = find_end(argc, argv), n = args_parse(&args, end, argv);

    *done = n < 0;
    if (n < 0)
        return args_status(n);
    if (end < argc && n > 0)
        return wrong("what stands behind -- is the command; '%.60s' stands before it", a->name[0]);
    if (end + 1 < argc)
        a->name[n++] = join(argv + end + 1, argc - end - 1);
    int status = read_budget(budget ? budget : "60s", &a->budget_ns);
    if (status == 0)
        status = read_margin(margin, &a->margin);
    if (status == 0)
        status = read_fail_on(fail_list, a->fail_on);
    if (status == 0)
        status = check_exports(&a->exports);
    if (status == 0)
        status = check_metrics(&a->metrics);
    if (status == 0 && a->input)
        status = check_input(a->input);
    if (status == 0)
        status = check_together(a, budget, (size_t)n);
    a->shell = a->shell ? a->shell : "sh";
    a->each_ms = a->each_ms ? a->each_ms : 100;
    return status;
}

/* --- a folder that keeps one --- */

/* The command line; NULL: said which of it cannot be kept. */
static json_t *to_keep(int argc, char **argv)
{
    char *here = getcwd(NULL, 0);
    json_t *words = json_array(), *folder = json_string(here ? here : ".");
    const char *not_utf8 = folder ? NULL : here;

    for (int i = 0; i < argc && !not_utf8; i++)
        if (json_array_append_new(words, json_string(argv[i])) < 0)
            not_utf8 = argv[i];
    json_t *o = not_utf8 ? NULL : json_pack("{s:O, s:O}", "folder", folder, "argv", words);
    if (not_utf8)
        complain("--out keeps the command line and its folder as JSON, and '%.60s' is not UTF-8",
                 not_utf8);
    json_decref(folder);
    json_decref(words);
    free(here);
    return o;
}

/* The same path as an absolute one, valid in any folder. */
static const char *absolute(const char *path)
{
    char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
    const char *all = here ? text_of("%s/%s", here, path) : path;

    free(here);
    return all;
}

static bool is_resume(int argc, char **argv)
{
    for (int i = 1, end = find_end(argc, argv); i < end; i++)
        if (strcmp(argv[i], "--resume") == 0 || strncmp(argv[i], "--resume=", 9) == 0)
            return true;
    return false;
}

/* The command line of before; its strings live as long as `asked`. */
static int read_kept(struct asked *a, const json_t *asked, const char *folder, bool *done)
{
    const json_t *words = json_object_get(asked, "argv");
    size_t n = json_array_size(words);
    const char *there = json_string_value(json_object_get(asked, "folder"));
    char **argv = calloc(n + 1, sizeof *argv);
    int status = 0;

    for (size_t i = 0; argv && i < n; i++)
        if (!(argv[i] = (char *)json_string_value(json_array_get(words, i))))
            n = 0;
    if (n == 0 || !there || !argv)
        status = wrong("%s/ab.json is not what --out wrote", folder);
    else if (chdir(there) < 0)
        status = wrong("%s, where it was begun: %s", there, strerror(errno));
    else
        status = read_flags(a, (int)n, argv, done);
    free(argv);
    return status;
}

/* Read --resume: only what is done with the answer may be changed; other flags would ask another
 * question. */
static int resume(struct asked *a, int argc, char **argv, bool *done)
{
    struct arg_words exports = { .n = 0 };
    const char *folder = NULL, *none[1], *fail_list = NULL;
    const struct arg flags[] = {
        { "--resume", ARG_WORD, &folder, 0, 0, "the folder that --out named" },
        { "--export", ARG_WORDS, &exports, 0, 0, "into a file that ends in " EXPORT_FORMATS },
        { "--fail-on", ARG_WORD, &fail_list, 0, 0, "slower, undecided, ...: end with 4 on it" },
    };
    const struct args args = { "ab --resume FOLDER [--export FILE] [--fail-on WORDS]",
                               "Go on with what was begun with --out FOLDER.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               none,
                               0,
                               0 };
    json_t *asked;
    int n = args_parse(&args, argc, argv);

    *done = n < 0;
    if (n < 0)
        return args_status(n);
    struct journal *j = journal_resume(absolute(folder), &asked);
    if (!j)
        return 2;
    for (size_t i = 0; i < exports.n; i++)
        exports.word[i] = absolute(exports.word[i]);
    int status = read_kept(a, asked, folder, done);
    if (status == 0 && fail_list)
        status = read_fail_on(fail_list, a->fail_on);
    if (status == 0 && exports.n) {
        a->exports = exports;
        status = check_exports(&exports);
    }
    a->out = folder;
    a->journal = j;
    return status;
}

int asked_read(struct asked *a, int argc, char **argv, bool *done)
{
    *a = (struct asked){ 0 };
    if (is_resume(argc, argv))
        return resume(a, argc, argv, done);
    int status = read_flags(a, argc, argv, done);
    if (status == 0 && !*done && a->out) {
        json_t *asked = to_keep(argc, argv);
        a->journal = asked ? journal_begin(a->out, asked) : NULL;
        status = a->journal ? 0 : 2;
    }
    return status;
}
