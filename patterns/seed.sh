#!/bin/sh
# SPDX-License-Identifier: MIT
# seed.sh BUILD - begin a build of other tips with what build/ has of the harness, the runtime and
# Go's standard library: none of that depends on the tips, and to compile it takes a minute.
# Each keeps its time, so that make builds again what is older than its source.
build=$1

mkdir -p "$build" || exit
for room in bench runtime; do
    cp -Rp "build/$room" "$build/$room.new" 2> /dev/null || continue
    find "$build/$room.new" -name '*.d' -exec sed -i "s|^build/|$build/|; s| build/| $build/|g" {} +
    mv "$build/$room.new" "$build/$room"
done

# What Go keeps in its cache is never written again, so a link is as good as a copy.
for cache in build/go1.*/cache; do
    go=${cache%/cache} go=${go#build/}
    [ ! -d "$cache" ] || [ -e "$build/$go" ] || { mkdir "$build/$go" && cp -Rlp "$cache" "$build/$go/"; } 2> /dev/null
done
exit 0
