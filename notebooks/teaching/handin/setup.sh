#!/bin/bash
# SPDX-License-Identifier: MIT
# setup.sh - run once, as root, while Gradescope makes the image: what is missing is installed, and
# all is built that a grading would build.
set -e
at=${AUTOGRADER:-/autograder}
tip=$(cat "$at/source/tip")
cd "$at/source/twinbench"
apt-get update
apt-get install -y --no-install-recommends make
make GO=none all
make GO=none grade TIP="$tip" SRC="patterns/$tip/bad.c"
