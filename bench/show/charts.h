/* SPDX-License-Identifier: MIT */
/* charts.h - have the scripts in plots/ draw something. */
#ifndef CHARTS_H
#define CHARTS_H

/* Run plots/`script`, beside this program's folder or in the folder we are in, with
 * the arguments in args (ending with NULL) and then `--words` and this program, which
 * knows the words of the tips.  What it prints goes to the file `said` until it ends.
 * 0; -ENOENT: there is no such script here; another negative errno or its exit status
 * if it failed, of which its last line was said on stderr. */
int charts_draw(const char *script, const char *const args[], const char *said);

#endif
