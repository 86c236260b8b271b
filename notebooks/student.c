/* SPDX-License-Identifier: MIT */
/* student.c - the program that a graded twin is linked into: `one`, and nothing else of the
 * harness, so that there is no good twin in it to be called. */
#include "cmd/commands.h"

int main(int argc, char **argv)
{
    return cmd_one(argc - 1, argv + 1);
}
