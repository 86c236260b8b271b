/* SPDX-License-Identifier: MIT */
#include "scene.h"
#include "../../../../etc/shadow"
