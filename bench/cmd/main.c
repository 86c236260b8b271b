/* SPDX-License-Identifier: MIT */
/* main.c - find the command and call it. */
#include "cmd/commands.h"
#include "cmd/nearest.h"
#include "process/executors.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct command {
    const char *name, *text;
    int (*run)(int argc, char **argv);
} commands[] = {
#define COMMAND(name, text) { #name, text, cmd_##name },
    COMMANDS(COMMAND)
#undef COMMAND
};
enum { NCOMMANDS = sizeof commands / sizeof commands[0] };

static void usage(FILE *out)
{
    fprintf(out, "usage: twinbench COMMAND ...\n\n");
    for (size_t i = 0; i < NCOMMANDS; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].text);
    fprintf(out, "\ntwinbench COMMAND --help says more.\n");
}

static const struct command *nearest(const char *name)
{
    const struct command *best = &commands[0];

    for (size_t i = 1; i < NCOMMANDS; i++)
        if (word_distance(name, commands[i].name) < word_distance(name, best->name))
            best = &commands[i];
    return best;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        usage(stderr);
        return 2;
    }
    executors_find();
    for (size_t i = 0; i < NCOMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    if (is_help(argv[1])) {
        usage(stdout);
        return 0;
    }
    fprintf(stderr,
            "twinbench: no command '%.60s'; nearest is %s (all of them: twinbench --help)\n",
            argv[1], nearest(argv[1])->name);
    return 2;
}
