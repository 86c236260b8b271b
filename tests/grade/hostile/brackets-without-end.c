/* SPDX-License-Identifier: MIT */
/* Brackets in brackets, until the compiler has no stack left. */
#include "scene.h"

#define L0 ((((((((((
#define L1 L0 L0 L0 L0 L0 L0 L0 L0 L0 L0
#define L2 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1
#define L3 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2
#define L4 L3 L3 L3 L3 L3 L3 L3 L3 L3 L3

int deep = L4 L4 L4 1;
