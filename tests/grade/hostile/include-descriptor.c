/* SPDX-License-Identifier: MIT */
#include "scene.h"
#include "/proc/self/fd/9"
