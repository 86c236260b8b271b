/* SPDX-License-Identifier: MIT */
#include "scene.h"
#include "tip.c"
