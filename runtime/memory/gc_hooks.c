/* SPDX-License-Identifier: MIT */
#include "memory/gc_hooks.h"

const struct gc_hooks *gc_hooks;
