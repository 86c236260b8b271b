/* SPDX-License-Identifier: MIT */
/* symbols.h - function, file and line of a return address.
 *
 * Read from the program's own file and from those of its libraries: the names are in every program
 * that was not stripped; lines, and the functions that the compiler has written into others, in one
 * that was compiled with -g.  What is missing there is missing in the answer.  No malloc, no lock:
 * a dump may be written in a signal handler. */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

struct place {
    const char *func; /* NULL: not known */
    const char *dir;  /* of the file, if it is not the folder in which it was compiled; else NULL */
    const char *file; /* NULL: not known */
    int line;
};

#define MOST_INLINED 8

/* Work space; it is large, and pages that are not touched cost nothing (dump_map). */
struct symbols;
extern const size_t symbols_bytes;

/* Where the call is from which pc returns: the functions that are one in the machine's eyes, from
 * the innermost outwards.  How many, at least 1.  The texts are there until symbols_end(). */
size_t symbols_find(struct symbols *s, uintptr_t pc, const struct place **places);

void symbols_end(struct symbols *s);

#endif
