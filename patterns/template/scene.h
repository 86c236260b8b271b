/* SPDX-License-Identifier: MIT */
/* TODO: what a request does here, in a sentence. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"

struct scene {
    int unused; /* TODO: what the requests share, or nothing */
};

#endif
