#!/bin/bash
# SPDX-License-Identifier: MIT
# setup.sh - run once, as root, while Gradescope makes the image: a grading installs what is missing,
# and builds all that the next one finds made.
set -e
. "${OS_RELEASE:-/etc/os-release}"
if [ "$ID" = ubuntu ] && dpkg --compare-versions "$VERSION_ID" lt 24.04; then # its libc and its libgc are too old
    echo "twinbench: setup.sh: this image is Ubuntu $VERSION_ID; choose one with Ubuntu 24.04 or later" >&2
    exit 1
fi
at=${AUTOGRADER:-/autograder}
tip=$(cat "$at/source/tip")
cd "$at/source/twinbench"
apt-get update
apt-get install -y --no-install-recommends make
make GO=none grade TIP="$tip" SRC="patterns/$tip/bad.c"
