# SPDX-License-Identifier: MIT
"""The same question on many machines: an array of Slurm's jobs, and one page of what they found.

    twinbench fleet submit --partition X     a folder, and a task on each machine
    twinbench fleet status FOLDER            who is done, who waits and why
    twinbench fleet collect FOLDER           FOLDER/fleet.html, or of shards the run FOLDER/joined
    twinbench fleet cancel FOLDER            nothing of it stays in the queue

fleet.c has read the command line and starts this with the program's path before it.  See
bench/FLEET.md."""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parents[1] / name) for name in ("plots", "bench/python")]

import broken_pipe
import slurm
import status
import submit
from stored import Trouble

ACTIONS = ("submit", "status", "collect", "cancel")
WORDS = ("--partition", "--each-feature", "--shard", "--tip", "--minutes", "--results")
FLAGS = ("--each-node", "--quick", "--no-shared")


def words():
    args = argparse.ArgumentParser(prog="twinbench fleet")
    args.add_argument("program")
    args.add_argument("action")
    args.add_argument("folder", nargs="?", type=Path)
    for word in WORDS:
        args.add_argument(word)
    for flag in FLAGS:
        args.add_argument(flag, action="store_true")
    return args.parse_args()


def newest():
    """The last fleet that was submitted from here."""
    found = sorted(p.parent for p in Path("results/fleet").glob("*/fleet.json"))
    if not found:
        raise Trouble("no fleet in results/fleet; say which FOLDER, or begin one: twinbench fleet submit --partition X")
    return found[-1]


def main():
    asked = words()
    if asked.action not in ACTIONS:
        print(f"twinbench: fleet: '{asked.action}' is none of {', '.join(ACTIONS)}", file=sys.stderr)
        return 2
    ways = [w for w, given in (("--each-node", asked.each_node), ("--each-feature", asked.each_feature), ("--shard", asked.shard)) if given]
    if len(ways) > 1:
        print(f"twinbench: fleet: {' or '.join(ways)}, not {'both' if len(ways) == 2 else 'all'}", file=sys.stderr)
        return 2
    known = {"--minutes"} if asked.action == "submit" else set()
    more = [w for w in (*WORDS, *FLAGS) if getattr(asked, w[2:].replace("-", "_")) and w not in known]
    if more and (asked.folder or asked.action != "submit"):
        print(f"twinbench: fleet: {more[0]} is of a new submission, and {asked.action}{' FOLDER' * bool(asked.folder)} begins none", file=sys.stderr)
        return 2
    if asked.action == "submit" and not asked.folder:
        return submit.begin(asked, asked.program)
    folder = (asked.folder or newest()).absolute()
    if not folder.is_dir():
        raise Trouble(f"there is no folder {folder}")
    if asked.action == "submit":
        return submit.again(folder, status.states, asked.minutes)
    if asked.action == "collect":
        import collect
        return collect.collect(folder)
    return {"status": status.status, "cancel": status.cancel}[asked.action](folder)


if __name__ == "__main__":
    broken_pipe.end_quietly()
    slurm.end(main, "fleet")
