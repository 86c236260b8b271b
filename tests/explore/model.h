/* SPDX-License-Identifier: MIT */
/* model.h - what channels promise, in the simplest program.
 *
 * A program is a few tasks, each a few operations on a few channels.  The model runs it one
 * whole operation at a time, in every order, and so knows each result that the
 * promises allow.  No locks, no wake-ups, no stacks: nothing that could be wrong in the way
 * the runtime could be. */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stdint.h>

enum { MODEL_TASKS = 4, MODEL_OPS = 4, MODEL_CHANS = 3, MODEL_CASES = 2 };

/* The last channel is nil: nothing ever happens on it. */
enum { MODEL_NIL = MODEL_CHANS - 1 };

enum op_kind {
    OP_NONE,
    OP_SEND,
    OP_RECV,
    OP_TRY_SEND,
    OP_TRY_RECV,
    OP_TIMED_SEND,
    OP_TIMED_RECV,
    OP_CLOSE,
    OP_SELECT,
    OP_SELECT_DEFAULT,
    OP_SELECT_TIMED,
    OP_UNTIL_PARKED, /* until task `chan[0]` waits or has ended */
    OP_KINDS
};

struct op {
    uint8_t kind;
    uint8_t chan[MODEL_CASES]; /* all but a select use the first */
    bool is_send[MODEL_CASES];
};

struct program {
    uint8_t ntasks, nops[MODEL_TASKS], cap[MODEL_CHANS];
    struct op op[MODEL_TASKS][MODEL_OPS];
};

/* The result of an operation.  A value is that of the sending operation; a
 * select adds SECOND for its second case, unless it panicked. */
enum { DONE = 1, CLOSED = 2, WOULD_BLOCK = 3, PANICKED = 4, VALUE = 8, SECOND = 64 };

static inline uint8_t value_of(uint32_t task, uint32_t op)
{
    return (uint8_t)(VALUE + task * MODEL_OPS + op);
}

/* The results of all operations in order, 0: the operation never ended. */
struct outcome {
    uint8_t result[MODEL_TASKS][MODEL_OPS];
};

/* A program of so many tasks and operations each. */
void program_make(struct program *p, uint64_t seed, uint32_t tasks, uint32_t ops);
/* One in which the tasks come one after the other, each when the one before it waits or has ended:
 * so they queue in a known order, and a try meets who waits.  Without gates neither shows in an
 * outcome. */
void program_make_gated(struct program *p, uint64_t seed, uint32_t tasks);
void program_say(const struct program *p, char *text, uint32_t bytes);

/* Find all its outcomes; how many. */
uint32_t model_run(const struct program *p);

/* Which of them this is, or -1. */
int model_find(const struct outcome *o);

#endif
