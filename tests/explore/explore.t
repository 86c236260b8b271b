#!/bin/sh
# SPDX-License-Identifier: MIT
# The deterministic mode: the schedules of every scene, thriftily.  `make seed` and TEST_ALL=1 do more.
unset MAKEFLAGS MFLAGS MAKELEVEL
make --no-print-directory -j2 B=build/seed EXPLORE=1 build/seed/explore >&2 || exit 1
[ "${TEST_ALL-}" ] || export MOST=${MOST:-200000} SEEDS=${SEEDS:-2000}
exec build/seed/explore
