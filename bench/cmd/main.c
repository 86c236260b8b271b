/* SPDX-License-Identifier: MIT */
/* main.c - find the command and call it. */
#include "cmd/commands.h"
#include "cmd/nearest.h"
#include "cmd/own_tips.h"
#include "process/find_executors.h"
#include "show/wrap_text.h"
#include "store/machine.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

static const struct command {
    const char *name, *text;
    int (*run)(int argc, char **argv);
} commands[] = {
#define COMMAND(name, text) { #name, text, cmd_##name },
    COMMANDS(COMMAND)
#undef COMMAND
};
enum { NCOMMANDS = sizeof commands / sizeof commands[0] };

static void print_command(FILE *out, const char *name, const char *text)
{
    fprintf(out, "  %-10s ", name);
    wrap_print(out, text, 13);
}

static void usage(FILE *out)
{
    fprintf(out, "usage: twinbench COMMAND ...\n");
    wrap_print(out, "Prove or refute tips about concurrent code with pairs of twins.", 0);
    fprintf(out, "\n");
    for (size_t i = 0; i < NCOMMANDS; i++)
        print_command(out, commands[i].name, commands[i].text);
    print_command(out, "--version", "the version of this program");
    print_command(out, "--tips DIR", "before a command: for tips of your own");
    fprintf(out, "\ntwinbench COMMAND --help says more.\n");
}

static int no_command(const char *name)
{
    struct nearest n = { .given = name };

    for (size_t i = 0; i < NCOMMANDS; i++)
        nearest_offer(&n, commands[i].name, commands[i].name);
    fprintf(stderr, "twinbench: no command '%.60s'%s (all of them: twinbench --help)\n", name,
            nearest_hint(&n));
    return 2;
}

/* How a twin is started, what it holds, and when it ends are asked of these two. */
static bool has_system(void)
{
    int fd = pidfd_open(getpid(), 0);
    bool proc = access("/proc/self/exe", R_OK) == 0;

    if (!proc)
        fprintf(stderr, "twinbench: there is no /proc here, and memory is read from it; as root: "
                        "mount -t proc proc /proc\n");
    else if (fd < 0)
        fprintf(stderr,
                "twinbench: this kernel or sandbox has no pidfd_open (Linux has, since 5.3), "
                "and processes are watched with it\n");
    if (fd >= 0)
        close(fd);
    return proc && fd >= 0;
}

static int call(const struct command *c, int argc, char **argv)
{
    int status = has_system() ? c->run(argc, argv) : 1;

    if (status == 0 && (fflush(stdout) != 0 || ferror(stdout))) {
        fprintf(stderr,
                "twinbench: standard output cannot be written to; not all of it is there\n");
        return 1;
    }
    return status;
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
    if (strcmp(argv[1], "--tips") == 0 || strncmp(argv[1], "--tips=", 7) == 0)
        return own_tips_call(argv + 1);
    executors_find();
    for (size_t i = 0; i < NCOMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return call(&commands[i], argc - 1, argv + 1);
    if (is_help(argv[1])) {
        usage(stdout);
        return 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("twinbench %s\n", machine_version());
        return 0;
    }
    return no_command(argv[1]);
}
