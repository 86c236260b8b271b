/* SPDX-License-Identifier: MIT */
/* A sentence that turns the line around. */
#include "scene.h"
#error ok‮001/001 erocs‬
