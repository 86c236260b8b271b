#!/bin/sh
# SPDX-License-Identifier: MIT
# grade_task.sh GRADER CLASS OFFSET SHARDS AT-A-TIME - a shard of a class, on one machine.
#
# Ends with 65 if this machine does not see the class or the grader.
grader=$1 class=$2 shard=$((SLURM_ARRAY_TASK_ID + $3)) of=$4
mark=$class/graded/shard-$shard-of-$of

[ -d "$grader" ] && cd "$class" || exit 65
exec >>"$mark.log" 2>&1
echo "$(date -u +%FT%TZ) ${SLURMD_NODENAME:-$(hostname)}: job $SLURM_JOB_ID, requeued ${SLURM_RESTART_COUNT:-0} times"
/usr/bin/python3 "$grader" --all="$class" -j "$5" --shard "$shard/$of" && : >"$mark.done"
