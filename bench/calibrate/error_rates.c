/* SPDX-License-Identifier: MIT */
/* error_rates.c - whole boards from rounds of control blocks.
 *
 * An effect multiplies every time of A, so it adds the same to every block, and so to
 * both ends of the interval: the intervals are made once, without an effect, and moved.
 * (That they move so is a property of Walsh averages; a test puts it to the proof.) */
#include "calibrate/error_rates.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;

    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* The value of a block of a pair, from a round drawn at random.  If the board has more pairs
 * than there were programs, further pairs take the next round, so a round of the board consists
 * of several that were measured. */
static double drawn(const struct control_rounds *c, size_t round, size_t pair)
{
    size_t at = (round + pair / c->programs) % c->rounds;

    return c->value[at * c->programs + pair % c->programs];
}

static void judge_board(struct replay *p, size_t board, const struct control_rounds *c,
                        uint64_t *random)
{
    size_t round[RANKED_MAX], most = p->rule.looks[LOOKS - 1];

    for (size_t b = 0; b < most; b++)
        round[b] = next_random(random) % c->rounds;
    for (size_t pair = 0; pair < p->pairs; pair++) {
        double blocks[RANKED_MAX];
        for (size_t b = 0; b < most; b++)
            blocks[b] = drawn(c, round[b], pair) * (block_side(b, 0) == 0 ? 1 : -1);
        for (int look = 0; look < LOOKS; look++) {
            struct decision d = decide(&p->rule, blocks, p->rule.looks[look]);
            p->interval[board * p->pairs + pair].lo[look] = d.lo;
            p->interval[board * p->pairs + pair].hi[look] = d.hi;
        }
    }
}

int replay_make(struct replay *p, const struct rule *r, const struct control_rounds *c,
                size_t boards, size_t pairs, uint64_t seed)
{
    *p = (struct replay){ .rule = *r, .boards = boards, .pairs = pairs };
    if (c->rounds == 0 || c->programs == 0)
        return -EINVAL;
    p->interval = calloc(boards * pairs, sizeof *p->interval);
    if (!p->interval)
        return -ENOMEM;
    for (size_t board = 0; board < boards; board++)
        judge_board(p, board, c, &seed);
    return 0;
}

void replay_free(struct replay *p)
{
    free(p->interval);
}

/* The word at the first interim analysis that decides, where a run would stop as well. */
static enum relation said_of(const struct replay *p, size_t at, double effect)
{
    enum relation said = REL_UNSURE;

    for (int look = 0; look < LOOKS && said == REL_UNSURE; look++)
        said = decide_relation(p->interval[at].lo[look] * (1 + effect),
                               p->interval[at].hi[look] * (1 + effect), p->rule.margin);
    return said;
}

/* An effect of exactly the margin lies on the edge: neither "slower" nor "the same" is
 * wrong. */
static bool is_wrong(const struct replay *p, enum relation said, double effect)
{
    return said == REL_FASTER || (said == REL_SLOWER && effect < p->rule.margin) ||
           (said == REL_SAME && effect > p->rule.margin);
}

struct tally replay_at(const struct replay *p, double effect)
{
    struct tally t = { .n = p->boards * p->pairs };

    for (size_t at = 0; at < t.n; at++) {
        enum relation said = said_of(p, at, effect);
        t.said[said]++;
        t.wrong += is_wrong(p, said, effect);
    }
    return t;
}

size_t replay_false(const struct replay *p, const double *effects, size_t n)
{
    size_t boards = 0;

    for (size_t board = 0; board < p->boards; board++) {
        bool wrong = false;
        for (size_t pair = 0; pair < p->pairs && !wrong; pair++) {
            double effect = effects[pair % n];
            wrong = is_wrong(p, said_of(p, board * p->pairs + pair, effect), effect);
        }
        boards += wrong;
    }
    return boards;
}

double replay_resolves(const struct replay *p, double share)
{
    for (int percent = 1; percent <= 900; percent++) {
        struct tally t = replay_at(p, percent / 100.0);
        if ((double)t.said[REL_SLOWER] >= share * (double)t.n)
            return percent / 100.0;
    }
    return INFINITY;
}
