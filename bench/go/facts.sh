#!/bin/sh
# SPDX-License-Identifier: MIT
# facts.sh VERSION FOLDER GO... - what a run keeps of the Go that built the twins in FOLDER,
# a line each: the version, the behaviours of older releases that its programs are built with
# (none, if go.mod means what it says), and the processor's level.
version=$1
cd "$2" || exit 1
shift 2
module=$(find . -name go.mod | head -n 1)
echo "$version"
echo "DefaultGODEBUG=$(cd "${module%/*}" && "$@" list -f '{{.DefaultGODEBUG}}' 2>/dev/null)"
echo "GOAMD64=$("$@" env GOAMD64 2>/dev/null)"
