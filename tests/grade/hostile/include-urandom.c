/* SPDX-License-Identifier: MIT */
#include "scene.h"
#include "/dev/urandom"
