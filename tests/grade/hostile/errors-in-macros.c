/* SPDX-License-Identifier: MIT */
/* Each error of the compiler comes with its macros, 4,096 times. */
#include "scene.h"

#define A0(x) x + undeclared_##x
#define A1(x) A0(x) A0(x) A0(x) A0(x) A0(x) A0(x) A0(x) A0(x)
#define A2(x) A1(x) A1(x) A1(x) A1(x) A1(x) A1(x) A1(x) A1(x)
#define A3(x) A2(x) A2(x) A2(x) A2(x) A2(x) A2(x) A2(x) A2(x)
#define A4(x) A3(x) A3(x) A3(x) A3(x) A3(x) A3(x) A3(x) A3(x)

int wrong = A4(y);
