/* SPDX-License-Identifier: MIT */
#include "scene.h"

static const char secret[] = {
#embed "/etc/passwd"
};
