/* SPDX-License-Identifier: MIT */
/* fleet.c - read what was typed, and become the Python beside it, which carries it out. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "process/script.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char python[] = "/usr/bin/python3";

/* Comes back only if it did not work. */
static void become(const char *script, const char *program, int argc, char **argv)
{
    const char **words = calloc((size_t)argc + 5, sizeof *words);
    size_t n = 0;

    if (!words)
        return;
    words[n++] = python;
    words[n++] = "-B";
    words[n++] = script;
    words[n++] = program;
    for (int i = 1; i < argc; i++)
        words[n++] = argv[i];
    setenv("PYTHONUTF8", "1", 1);
    execv(python, (char *const *)words);
    free(words);
}

static bool is_known(const char *tip)
{
    const struct entry *tips[nentries + 1];

    return args_tips(tip, tips) > 0;
}

int cmd_fleet(int argc, char **argv)
{
    const char *words[2], *word, *tip = NULL;
    char script[PATH_MAX], program[PATH_MAX];
    uint64_t number;
    bool flag;
    const struct arg flags[] = {
        { "--partition", ARG_WORD, &word, 0, 0, "submit: to these machines" },
        { "--each-node", ARG_FLAG, &flag, 0, 0, "submit: a task on every machine; the usual" },
        { "--each-feature", ARG_WORD, &word, 0, 0,
          "submit: one on a machine of each feature that begins so" },
        { "--shard", ARG_NUMBER, &number, 2, 1000,
          "submit: one run, its tips dealt out over so many like machines" },
        { "--quick", ARG_FLAG, &flag, 0, 0, "submit: fewer blocks: rougher verdicts on time" },
        { "--tip", ARG_WORD, &tip, 0, 0,
          "submit: only this tip, this family, or several: a/x,b/y" },
        { "--minutes", ARG_NUMBER, &number, 1, 100000, "submit: so long may a task take" },
        { "--no-shared", ARG_FLAG, &flag, 0, 0,
          "submit: the machines do not see this folder; waits until all have ended" },
        { "--results", ARG_WORD, &word, 0, 0,
          "submit: folder for fleets, instead of results/fleet" },
    };
    const struct args args = { "fleet submit|status|collect|cancel [FOLDER] [--partition X] ...",
                               "Measure tips on many machines with Slurm, and draw one page of "
                               "them.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               1,
                               2 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    if (tip && !is_known(tip))
        return 2;
    if (!script_find("bench/fleet", script, sizeof script) ||
        !script_program(program, sizeof program)) {
        fprintf(stderr, "twinbench: no bench/fleet beside this program, which carries that out\n");
        return 1;
    }
    become(script, program, argc, argv);
    fprintf(stderr, "twinbench: cannot start %s: %s\n", python, strerror(errno));
    return 1;
}
