#!/bin/bash
# SPDX-License-Identifier: MIT
# bench/COLUMNS.md says what the sources say.
set -o pipefail
echo 1..1
if [ -s bench/COLUMNS.md ] && "${B:-build}"/twinbench list --columns | diff -u bench/COLUMNS.md - 2>&1 | sed 's/^/# /'; then
    echo "ok 1 - every column is described as it is"
else
    echo "not ok 1 - every column is described as it is: make columns"
fi
