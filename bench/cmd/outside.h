/* SPDX-License-Identifier: MIT */
/* outside.h - tips of somebody's own, in a folder that is no part of this project.
 *
 * What a program knows of its tips is compiled into it.  So `twinbench --tips FOLDER COMMAND ...`
 * has a program built that knows those (patterns/outside.sh), and becomes that. */
#ifndef OUTSIDE_H
#define OUTSIDE_H

/* argv[0] is "--tips", or "--tips=FOLDER".  Comes back only if it could not begin: the exit status,
 * when it has been said why. */
int outside_call(char **argv);

#endif
