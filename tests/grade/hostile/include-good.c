/* SPDX-License-Identifier: MIT */
/* Is the good twin, nearly. */
#include "scene.h"

#include "good.c"
