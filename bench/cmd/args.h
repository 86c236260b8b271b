/* SPDX-License-Identifier: MIT */
/* args.h - what the user typed, checked before anything starts.
 *
 * A command describes its flags in a table; parsing, --help and the complaints
 * come from that table.  A complaint is one line on stderr that names the flag,
 * what it was given and what it wants. */
#ifndef ARGS_H
#define ARGS_H

#include "inside/tips.h"

enum arg_kind {
    ARG_FLAG,   /* to: bool, set to true */
    ARG_NUMBER, /* to: uint64_t, left alone if the flag is not given */
    ARG_WORD,   /* to: const char *, likewise */
    ARG_WORDS,  /* to: struct arg_words, a word more each time the flag is given */
};

struct arg_words {
    const char *word[8];
    size_t n;
};

struct arg {
    const char *name; /* "--ops" */
    enum arg_kind kind;
    void *to;
    uint64_t min, max; /* of a number, both allowed */
    const char *text;  /* for --help */
};

/* A command: `usage` is what follows "twinbench", `text` one sentence.  words are
 * the arguments that are no flags; NULL past the last one given. */
struct args {
    const char *usage, *text;
    const struct arg *flags;
    size_t nflags;
    const char **words;
    size_t min_words, max_words;
};

enum { ARGS_HELP = -1, ARGS_BAD = -2 };

/* Read argv[1..], where argv[0] is the command.  Both `--ops 5` and `--ops=5`
 * will do.  How many words there are; ARGS_HELP if help was asked for and has
 * been printed; ARGS_BAD if something was wrong and has been said. */
int args_parse(const struct args *a, int argc, char **argv);

/* The exit status that belongs to such a negative result. */
int args_status(int result);

/* A number from min to max into *to.  false: said why not, naming `what`. */
bool args_number(const char *what, const char *text, uint64_t min, uint64_t max, uint64_t *to);

/* The tip of that name.  NULL: said that there is none, with the nearest that there is. */
const struct entry *args_tip(const char *name);

/* The tips that are meant: the one of that name, or all of the family of that name; of several
 * names with a comma between them, each once.  list has room for nentries of them.  How many; 0:
 * said which there is not. */
size_t args_tips(const char *names, const struct entry **list);

/* Is it among the n of the list? */
bool args_has(const struct entry *const *list, size_t n, const struct entry *e);

/* Which of its twins in C that is.  TWIN_NONE: said that it has none of that name, or none in C. */
enum role args_twin(const struct entry *e, const char *name);

/* The heap of that name into *to; NULL is the tip's own.  false: said on which the tip may
 * run. */
bool args_heap(const struct entry *e, const char *name, enum heap *to);

#endif
