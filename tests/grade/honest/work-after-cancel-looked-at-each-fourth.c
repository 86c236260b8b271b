/* SPDX-License-Identifier: MIT */
/* Half right: four jobs are taken at a time, and it is asked before each four whether it is over.
 */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);
    uint64_t some[4];

    while (!ctx_err(b->ctx)) {
        for (int k = 0; k < 4; k++)
            chan_recv(b->jobs, &some[k]);
        for (int k = 0; k < 4; k++)
            batch_do(b, some[k]);
    }
    return batch_end(b);
}

const struct twin THIS = { op };
