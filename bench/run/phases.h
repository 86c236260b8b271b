/* SPDX-License-Identifier: MIT */
/* phases.h - a run of the suite, and its phases from calibration to the second opinions. */
#ifndef PHASES_H
#define PHASES_H

#include "decide/time_rule.h"
#include "run/ageing.h"
#include "run/runner.h"
#include "run/scope.h"
#include "run/workloads.h"
#include "say/fail_on.h"

#include <jansson.h>

struct options {
    bool quick, resume, opinions;
    const char *tip, *part_of, *results, *fail_on;
};

struct bench {
    struct options options;
    struct scope scope;
    struct workloads workloads;
    json_t *machine;
    struct rule rule; /* set by the plan, which knows how many pairs the board has */
    struct runner runner;
    struct ageing ageing;
    struct fail_on fail_on;
    size_t failed_on; /* how many findings --fail-on names */
};

/* Run all phases; what an earlier part of the run has measured is not measured again.  0; -EINTR
 * when interrupted; another negative errno. */
int phases_run(struct bench *b);

/* Judge what was measured so far.  As findings_make(). */
int phases_judge(const struct bench *b, struct findings *f);

#endif
