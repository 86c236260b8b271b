/* SPDX-License-Identifier: MIT */
#include "memory/gc_hooks.h"

bool gc_on;
struct gc_hooks gc_hooks;
