/* SPDX-License-Identifier: MIT */
/* Right: eight are started and waited for, then the next eight. */
#include "scene.h"

struct one {
    struct record *record;
    struct waitgroup *some;
};

static void export_one(void *arg)
{
    struct one *x = arg;
    struct job *j = x->record->job;

    record_export(x->record);
    wg_done(&j->exported);
    wg_done(x->some);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job j;
    struct one few[AT_ONCE];

    job_open(&j, s, i);
    for (uint64_t k = 0; k < s->records; k += AT_ONCE) {
        struct waitgroup some = { 0 };
        for (uint64_t n = k; n < k + AT_ONCE && n < s->records; n++) {
            few[n - k] = (struct one){ &j.records[n], &some };
            wg_add(&some, 1);
            go(export_one, &few[n - k]);
        }
        wg_wait(&some);
    }
    return job_sum(&j);
}

const struct twin THIS = { op };
