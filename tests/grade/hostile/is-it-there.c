/* SPDX-License-Identifier: MIT */
/* Which files there are, told by an error. */
#include "scene.h"
#define HERE __has_include("/etc/hostname")
#if HERE
#error there is one
#endif
#error there is none
