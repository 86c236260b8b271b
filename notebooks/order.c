/* SPDX-License-Identifier: MIT */
/* order.c - how not to measure memory: several twins in one process.
 *
 * order TIP OPS CLIENTS TWIN...   serves OPS requests of CLIENTS tasks with each twin,
 * one after the other, and prints how much resident memory each seemed to gain.  It
 * shows why the harness
 * starts a fresh process for every sample: what one twin left behind, and what it
 * gave back to the allocator, is counted for the next one. */
#include "inside/drive.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

struct order {
    const struct entry *tip;
    struct params params;
    char **twins; /* ends with NULL */
};

/* NULL: the tip has no twin of that name. */
static const struct twin *twin_named(const struct entry *tip, const char *name)
{
    int twin = words_find(&twin_words, name);

    return twin < 0 ? NULL : tip_twin(tip, (enum role)twin);
}

static void play(const struct order *o, const char *twin)
{
    struct stage stage;
    struct sample sample = { 0 };

    stage_open(&stage, o->tip, twin_named(o->tip, twin), &o->params);
    drive_count(&stage, &sample);
    printf("%s %.0f\n", twin, sample.rss_bytes - sample.rss_before_bytes);
}

static void play_all(void *arg)
{
    struct order *o = arg;

    for (char **twin = o->twins; *twin; twin++)
        play(o, *twin);
    fflush(stdout);
    _Exit(0); /* what leaked need not be waited for */
}

static int usage(void)
{
    fputs("usage: order TIP OPS CLIENTS bad|good...\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct order o = { 0 };

    if (argc < 5 || !(o.tip = tip_find(argv[1])))
        return usage();
    o.params = tip_params(o.tip->tip);
    o.params.ops = strtoull(argv[2], NULL, 10);
    o.params.clients = strtoull(argv[3], NULL, 10);
    o.twins = argv + 4;
    for (char **twin = o.twins; *twin; twin++)
        if (!twin_named(o.tip, *twin))
            return usage();
    stage_prepare(o.tip, &o.params);
    return task_main(play_all, &o) ? 1 : 0;
}
