/* SPDX-License-Identifier: MIT */
/* commands.h - what can stand after "twinbench".
 *
 * One line here is all that a new command needs besides its function: it is in
 * --help and can be called.  argv[0] is the command's name; the result is the exit
 * status: 0, 1 for a failure, 2 for a mistake on the command line. */
#ifndef COMMANDS_H
#define COMMANDS_H

#define COMMANDS(COMMAND)                                                                          \
    COMMAND(list, "the tips, with their parameters and claims")                                    \
    COMMAND(symptom, "which tip belongs to what you see: questions, or the tree")                  \
    COMMAND(one, "run one twin in this process and show what was measured")                        \
    COMMAND(check, "prove every claim on counts and outcomes")                                     \
    COMMAND(bench, "measure tips and decide which claims hold here")                               \
    COMMAND(ab, "two commands of yours: which is slower, or needs more")                           \
    COMMAND(gbench, "time twins with Google Benchmark and its own flags")                          \
    COMMAND(compare, "runs side by side: machines, compilers, commits")                            \
    COMMAND(report, "a run once more: as a page, or for benchstat, compare.py, CSV")               \
    COMMAND(grade, "a third twin, built by notebooks/grader, beside the good one")                 \
    COMMAND(calibrate, "how small an effect on time can be found here")                            \
    COMMAND(fleet, "the same on many machines with Slurm, and one page of them")                   \
    COMMAND(serve, "put a twin behind HTTP: load it, and watch it leak")

#define COMMAND(name, text) int cmd_##name(int argc, char **argv);
COMMANDS(COMMAND)
#undef COMMAND

#endif
