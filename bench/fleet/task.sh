#!/bin/sh
# SPDX-License-Identifier: MIT
# task.sh FOLDER OFFSET - what Slurm runs on each machine of a fleet.
#
# FOLDER/tasks has a line for each task, its name.  What is measured on a machine goes into
# FOLDER/runs/TASK/MACHINE, a results folder of its own.  The link FOLDER/runs/TASK/done names
# the run that counts and is made once, when the run is complete: a task that was requeued and
# comes to another machine begins there anew, and only one of the two becomes `done`.
#
# Ends with 65 if this machine does not see FOLDER and 74 if it cannot write to it, for then no
# file can say so; status knows both.
folder=$1
number=$((SLURM_ARRAY_TASK_ID + $2))
node=${SLURMD_NODENAME:-$(hostname)}

[ -r "$folder/tasks" ] || exit 65
task=$(sed -n "${number}p" "$folder/tasks")
run=$folder/runs/$task
mkdir -p "$run/$node" && exec >>"$run/log" 2>&1 &&
    echo "$(date -u +%FT%TZ) $node: job $SLURM_JOB_ID, requeued ${SLURM_RESTART_COUNT:-0} times" || exit 74

# A task that had ended when its machine died.
[ ! -L "$run/done" ] || exit 0

# fail WORDS: the reason is the last line of the log and stands in a file of its own.
fail() {
    echo "twinbench: $node: $*"
    echo "$node: $*" >"$run/failed" || exit 74
    exit 1
}
rm -f "$run/failed"

# 1. The program: as it was submitted, or built here, once for all machines of this kind.
arch=$(uname -m)
program=$folder/source/build/$arch/twinbench
if [ ! -x "$program" ]; then
    [ -f "$folder/source/Makefile" ] || fail "no program for $arch, and no source to build it from; submit from a checkout"
    flock "$folder/source/build.lock" make -C "$folder/source" -j"$(nproc)" "B=build/$arch" all placements >"$run/build.log" 2>&1 ||
        fail "it could not be built for $arch: $(tail -n 1 "$run/build.log")"
fi
lacking=$(ldd "$program" | awk '/not found/ { printf "%s%s", n++ ? ", " : "", $1 }')
[ -z "$lacking" ] || fail "libraries are missing: $lacking; install what make deps does there"

# 2. The run.  Whoever was here before and is not quite dead yet holds the lock.
mine=$run/$node
flock --timeout 600 "$mine/.lock" true || fail "another task has been measuring here for ten minutes"
cd "$mine" || exit 74
option() { sed -n "s/^$1 //p" "$folder/options"; }
quick=$(option quick) tip=$(option tip) part_of=
if [ -r "$folder/shards" ]; then
    part_of=${tip:-all}
    tip=$(sed -n "${number}p" "$folder/shards")
fi
bench() { "$program" bench --results "$mine" "$@"; }
begin() { bench ${quick:+--quick} ${tip:+--tip "$tip"} ${part_of:+--part-of "$part_of"}; }
measured() { [ "$status" = 0 ] || [ "$status" = 3 ]; } # 3: there is no report, which nobody needs here

status=1
if [ -s latest/samples.csv ]; then
    bench --resume
    status=$?
fi
# A machine that came back with another kernel is another machine: the run begins anew.
if ! measured && [ "$status" -lt 128 ]; then
    begin
    status=$?
fi
[ "$status" -lt 128 ] || exit "$status" # told to stop; requeued, it goes on
measured || fail "$(grep '^twinbench: ' "$run/log" | tail -n 1 | sed 's/^twinbench: //')"
ln -sT "$node/$(readlink latest)" "$run/done" # fails where another was first
