/* SPDX-License-Identifier: MIT */
/* complain.h - one way to say what is wrong, for a trial and for `twinbench ab`. */
#ifndef COMPLAIN_H
#define COMPLAIN_H

/* A line on stderr that begins with "twinbench: ab: ".  Returns 1, the exit status. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
