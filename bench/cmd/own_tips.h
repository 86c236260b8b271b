/* SPDX-License-Identifier: MIT */
/* own_tips.h - tips of somebody's own, in a folder that is no part of this project.
 *
 * What a program knows of its tips is compiled into it.  So `twinbench --tips FOLDER COMMAND ...`
 * has a program built that knows those (patterns/own_tips.sh), and becomes that. */
#ifndef OWN_TIPS_H
#define OWN_TIPS_H

/* argv[0] is "--tips", or "--tips=FOLDER".  Comes back only if it could not begin: the exit status,
 * when it has been said why. */
int own_tips_call(char **argv);

#endif
