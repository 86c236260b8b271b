/* SPDX-License-Identifier: MIT */
/* request.c - limits that follow from a tip, and the size of a timed batch. */
#include "process/request.h"

#include "decide/claims.h"

#include <stdlib.h>

enum {
    PATIENCE_MS = 30000,   /* with both cores busy */
    STUCK_MS = 3000,       /* for a twin that should get stuck */
    CAP_BYTES = 256 << 20, /* for a tip that is capped */
    USUAL_BATCH_US = 10000,
};

struct request request_make(const struct entry *e, const struct executor *x, enum role twin,
                            enum kind kind, struct params p)
{
    p.heap = x->heap;
    return (struct request){
        .tip = e->name,
        .executor = x,
        .twin = twin,
        .kind = kind,
        .params = p,
        .timeout_ms = tip_end(e->tip, twin) == STUCK ? STUCK_MS : PATIENCE_MS,
        .memory_bytes = e->tip->capped ? CAP_BYTES : 0,
    };
}

static long batch_us = USUAL_BATCH_US;

bool batch_shorten(const char *us)
{
    char *end;

    if (!us)
        return true;
    long n = strtol(us, &end, 10);
    if (*end || n < 1 || n > USUAL_BATCH_US)
        return false;
    batch_us = n;
    return true;
}

double batch_share(void)
{
    return (double)batch_us / USUAL_BATCH_US;
}

/* Each client has at least one request. */
static uint64_t at_least(double ops, uint64_t clients)
{
    return ops > (double)clients ? (uint64_t)ops : clients;
}

uint64_t batch_rescale(uint64_t ops, double ns_each, uint64_t clients)
{
    double took = ns_each * (double)ops, factor = 1e3 * (double)batch_us / (took > 1 ? took : 1);

    if (factor > 0.7 && factor < 1.5)
        return 0;
    if (factor > 30)
        factor = 30; /* a short batch is a poor guide to a much longer one */
    uint64_t next = at_least((double)ops * factor, clients);
    return next == ops ? 0 : next;
}
