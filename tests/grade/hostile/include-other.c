/* SPDX-License-Identifier: MIT */
/* Is the good twin, by another way. */
#include "scene.h"

#include "../range-unclosed/good.c"
