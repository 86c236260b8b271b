/* SPDX-License-Identifier: MIT */
/* complain.h - one way to say what is wrong, for a trial and for `twinbench ab`. */
#ifndef COMPLAIN_H
#define COMPLAIN_H

/* A line on stderr that begins with "twinbench: ab: ", whatever is in the words.  Returns 1, the
 * exit status. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Make one line of a text, in place: what controls a terminal becomes a blank, and what is no
 * UTF-8, such as half a letter where it was cut, a question mark.  Returns the text. */
char *one_line(char *text);

#endif
