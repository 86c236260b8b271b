#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""environments.py [--only WORD] [--readme] - twinbench among other people's settings, machines and accidents.

Each environment is a command and what a user would expect of it.  A row of Markdown for each, with the
outcome as it was seen; with --readme they become README.md beside this file.  Wants to be root, for namespaces and
cgroups; what this machine cannot make is skipped with the reason."""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
B = os.environ.get("B", "build")
SECONDS = 600

TIP = "leaks/range-unclosed"
RUN = f"twinbench bench --quick --tip {TIP}"
CHECK = f"twinbench check {TIP}"
EVERY = "make -C $TREE check"
LESSON = f"make -C $TREE lesson TIP={TIP}"
REPORT = "(?m)^report: .*report.html$"
PASSED = "(?m)^[1-9][0-9]* passed, 0 failed$"


@dataclass
class Environment:
    what: str       # the row's first words
    command: str    # bash, in a folder of its own, with $TREE a built copy of this tree
    says: str       # a regular expression for what is printed; the line it matches is the outcome
    status: int = 0
    never: str = "Traceback|Segmentation|UnicodeEncodeError"  # must not be printed
    needs: str = "true"  # a command that succeeds where this can be tried
    why: str = ""   # said when it does not
    whole_machine: bool = False  # it changes a setting of the kernel while it runs


def apart(mounts, command):
    """Among mounts of its own."""
    return f"unshare --mount bash -c '{mounts}{command}'"


def without(files, command):
    """As if these were not installed."""
    return apart(f"without {files} && ", command)


def go_that(answers):
    """A Go in PATH that does so."""
    return f"mkdir go; printf '#!/bin/sh\\n{answers}\\n' > go/go; chmod +x go/go; PATH=$PWD/go:$PATH make -C $TREE all"


def limited(controller, file, value, command):
    """In a cgroup of version 1 or 2."""
    return f"in_cgroup {controller} {file} {value} {command}"


def machine_with(file, value, command):
    """While the whole machine is set so."""
    return f"machine_with {file} {value} {command}"


ENVIRONMENTS = [
    # --- settings of a person
    Environment("gnuplot's terminal chosen", f"GNUTERM=qt {RUN}", REPORT),
    Environment("a ~/.gnuplot that spoils everything",
                f"echo 'set terminal dumb; set output \"/dev/null\"; exit' > .gnuplot; HOME=$PWD {RUN}", REPORT),
    Environment("a Latin-1 locale: a run", f"LOCPATH=$LOCALES LC_ALL=de_DE {RUN}", REPORT,
                needs="[ -d $LOCALES/de_DE ]", why="localedef has no de_DE: apt-get install locales"),
    Environment("a Latin-1 locale: a lesson", f"LOCPATH=$LOCALES LC_ALL=de_DE {LESSON}", "(?m)^When not to$",
                needs="[ -d $LOCALES/de_DE ]", why="localedef has no de_DE: apt-get install locales"),
    Environment("a decimal comma", f"LOCPATH=$LOCALES LC_ALL=de_DE.UTF-8 {RUN}", REPORT,
                needs="[ -d $LOCALES/de_DE.UTF-8 ]", why="localedef has no de_DE: apt-get install locales"),
    Environment("no locale: of a lesson grep counts no line that is not ASCII", f"LC_ALL=C {LESSON} | LC_ALL=C grep -c '[^ -~	]'", r"(?m)^0$", 1),
    Environment("an odd time zone", f"TZ=Pacific/Kiritimati {RUN}", REPORT),
    Environment("PYTHONPATH leads to broken modules",
                f"echo 'raise SystemError' > json.py; PYTHONPATH=$PWD {RUN}", REPORT),
    Environment("PYTHONHOME leads nowhere", f"PYTHONHOME=/nowhere {RUN}", REPORT),
    Environment("no HOME", f"env -u HOME {RUN}", REPORT),
    Environment("nothing but PATH", f"env -i PATH=$PATH {RUN}", REPORT),
    Environment("umask 077", f"umask 077; {RUN}", REPORT),
    Environment("CDPATH, ENV and BASH_ENV are set", f"CDPATH=/:/tmp ENV=/nowhere BASH_ENV=/nowhere {RUN}", REPORT),
    Environment("POSIXLY_CORRECT and GREP_COLORS", f"export POSIXLY_CORRECT=1 GREP_COLORS=mt=1; make -C $TREE all && {RUN}", REPORT),
    Environment("MAKEFLAGS=-k -j8", "MAKEFLAGS='-k -j8' make -C $TREE check TIP=" + TIP, PASSED),
    Environment("malloc's memory is dirty", f"MALLOC_PERTURB_=165 {RUN}", REPORT),
    # --- terminals
    Environment("NO_COLOR on a terminal: grep counts no colour", f"NO_COLOR=1 script -qec '{RUN}' /dev/null | grep -c $'\\033\\[[0-9]*m'", r"^0\s*$", 1,
                needs="command -v script", why="no script(1)"),
    Environment("a dumb terminal: grep counts no escape", f"TERM=dumb script -qec '{RUN}' /dev/null | grep -c $'\\033'", r"^0\s*$", 1,
                needs="command -v script", why="no script(1)"),
    Environment("40 columns: a lesson's sentences wrap",
                f"NO_COLOR=1 script -qec 'stty cols 40; {LESSON} < /dev/null' /dev/null | tr -d '\\r' | "
                "awk '/^(People say|The rule|When not to)/ { p = 1; next } !NF { p = 0 } "
                "p { n++; if (length > 40) w++ } END { print n + 0, \"lines,\", w + 0, \"wider than 40\" }'",
                r"^[1-9]\d+ lines, 0 wider than 40", needs="command -v script", why="no script(1)"),
    Environment("standard output is full", f"{CHECK} > /dev/full", "standard output|No space left", 1),
    Environment("standard input is closed", f"{RUN} <&-", REPORT),
    Environment("nohup", f"nohup {RUN}", REPORT),
    # --- what is installed
    Environment("no Go", without("/usr/bin/go", f"make -C $TREE all && {RUN}"), REPORT,
                needs="[ -e /usr/bin/go ]", why="there is no Go to take away"),
    Environment("a Go that prints rubbish", go_that("echo hello"), "go does not say which release of Go it is .*, so it is left out"),
    Environment("a Go too old for the twins", go_that("echo go version go1.4 linux/amd64"),
                "is Go 1.4; the twins build from 1.15 on, so it is left out"),
    Environment("a Go that builds nothing", go_that('[ "$1" = version ] && echo go version go1.16 linux/amd64 || '
                                                    '{ echo "scene.go:3: syntax error" >&2; exit 2; }'),
                "go1.16 does not build the twins, so it is left out; it says: scene.go:3: syntax error"),
    Environment("GOROOT leads nowhere", "GOROOT=/nowhere make -C $TREE all", "does not say which release of Go it is .*, so it is left out",
                needs="command -v go", why="there is no Go"),
    Environment("no git", without("/usr/bin/git", f"{RUN} && grep commit results/latest/machine.json"), '"commit": "v[0-9.]+"'),
    Environment("no gnuplot", without("/usr/bin/gnuplot", RUN),
                "gnuplot is missing: `apt-get install gnuplot-nox`", 3),
    Environment("no rsvg-convert", without("/usr/bin/rsvg-convert", RUN),
                "rsvg-convert is missing: `apt-get install librsvg2-bin`", 3),
    Environment("no hyperfine", without("/usr/bin/hyperfine", f"{RUN} --opinions"), "apt-get install hyperfine",
                needs="[ -x /usr/bin/hyperfine ]", why="there is no hyperfine to take away"),
    Environment("no mimalloc", without("/usr/lib/*/libmimalloc.so.*", "twinbench one pools/buffer-per-body good --heap mimalloc"),
                "--heap mimalloc: its library is missing: apt-get install libmimalloc-dev", 1),
    Environment("no right to install", "cp $TREE/bench/deps.sh .; chmod 755 . deps.sh; "
                "setpriv --reuid=65534 --clear-groups ./deps.sh make 'libmimalloc99|sl'",
                r"there is no right to install them; run: sudo apt-get update && sudo apt-get install .* \S+$", 1,
                needs="! dpkg-query -W sl", why="sl is installed"),
    Environment("no apt", "mkdir bin; ln -s $(command -v sh) $(command -v dpkg-query) bin/; PATH=$PWD/bin $TREE/bench/deps.sh wrk2",
                "this system has no apt-get; install what Debian calls wrk2", 1),
    # --- where the tree lies
    Environment("unpacked inside another repository",
                "git init -q . && git -c user.name=x -c user.email=x@x commit -q --allow-empty -m theirs && "
                f"mkdir -p tb/build tb/bench && cp $TREE/build/twinbench tb/build && cp -r $TREE/plots $TREE/patterns tb && "
                f"cp -r $TREE/bench/python tb/bench && "
                f"tb/build/{RUN} && grep commit results/latest/machine.json", '"commit": "v[0-9.]+"'),
    Environment("root in a user's checkout", f"cp -r $TREE mine; chown -R 65534 mine; cd mine; build/{RUN} && "
                "grep commit results/latest/machine.json", '"commit": "[0-9a-f]{40}"'),
    Environment("a path with a space", f"cp -r $TREE 'a tree'; cd 'a tree'; make all && build/{RUN}", REPORT),
    Environment("a checkout that is built and read-only", apart("mount --bind $TREE $TREE && mount -o remount,bind,ro $TREE && ",
                                                               f"make -C $TREE all && {CHECK}"), PASSED),
    Environment("no folder to write results to", apart("mount -t tmpfs -o ro none $PWD && cd $PWD && ", RUN),
                "twinbench: .*results.*: Read-only file system", 1),
    # --- how it is built
    Environment("link-time optimisation, from the environment",
                f"CFLAGS='-O3 -flto' CXXFLAGS='-O3 -flto' make -j2 -C $TREE B=$PWD/b $PWD/b/twinbench && b/{RUN.replace('twinbench', 'twinbench', 1)} && "
                "grep flags results/latest/machine.json", '"flags": ".*-O3 -flto'),
    Environment("another compiler, from the environment",
                f"CC=clang CXX=clang++ make -j2 -C $TREE B=$PWD/b $PWD/b/twinbench && b/{CHECK}", PASSED,
                needs="command -v clang++", why="there is no clang"),
    Environment("Ubuntu's hardening flags",
                "CFLAGS='-D_FORTIFY_SOURCE=3 -fstack-protector-strong -fcf-protection' LDFLAGS='-Wl,-z,relro,-z,now' "
                f"make -j2 -C $TREE B=$PWD/b $PWD/b/twinbench && b/{CHECK}", PASSED),
    # --- a smaller or stranger machine
    Environment("no /proc", apart("umount -l /proc; ", CHECK), "there is no /proc here", 1),
    Environment("no /sys", apart("umount -l /sys; ", RUN), REPORT),
    Environment("no membarrier", f"refuse membarrier -- {CHECK}", PASSED),
    Environment("no guards by madvise (before Linux 6.13)", f"refuse madvise-guard -- {CHECK}", PASSED),
    Environment("no rseq", f"refuse rseq -- {CHECK}", PASSED),
    Environment("no memfd, so no requests are counted", f"refuse memfd_create -- {CHECK}", PASSED),
    Environment("no getrandom", f"refuse getrandom -- {CHECK}", PASSED),
    Environment("no pidfd (before Linux 5.3)", f"refuse pidfd_open -- {CHECK}", "has no pidfd_open", 1),
    Environment("a sandbox that refuses eight of these", f"refuse membarrier madvise-guard rseq memfd_create getrandom clone3 "
                f"perf_event_open thp -- {RUN}", REPORT),
    Environment("transparent huge pages: never", f"refuse thp -- {CHECK}", PASSED),
    Environment("64 open files", f"ulimit -n 64; {RUN}", REPORT),
    Environment("64 processes and threads of this user", f"setpriv --reuid=65534 --clear-groups prlimit --nproc=64 {CHECK}", PASSED),
    Environment("2 GB of address space", f"ulimit -v 2000000; {RUN}", REPORT),
    Environment("256 KiB of stack", f"ulimit -s 256; {CHECK}", PASSED),
    Environment("a stack without limit", f"ulimit -s unlimited; {CHECK}", PASSED),
    Environment("one processor", f"taskset -c 0 {RUN}", REPORT),
    Environment("half a processor", limited("cpu", "cpu.cfs_quota_us cpu.max", "50000", CHECK), PASSED,
                needs="has_cgroup cpu", why="no cgroup for processor time may be made"),
    Environment("half a processor: every claim", limited("cpu", "cpu.cfs_quota_us cpu.max", "50000", EVERY), PASSED,
                needs="has_cgroup cpu", why="no cgroup for processor time may be made"),
    Environment("512 MB of memory: every claim, and 20,000 tasks that are dumped do not fit",
                limited("memory", "memory.limit_in_bytes memory.max", "536870912", EVERY),
                "bad at SIZE 20000 DIES: killed from outside .signal 9., most likely for want of memory", 2,
                needs="has_cgroup memory", why="no cgroup for memory may be made"),
    Environment("no memory is promised that is not there",
                machine_with("/proc/sys/vm/overcommit_memory", "2", EVERY), PASSED, whole_machine=True),
    Environment("transparent huge pages: always",
                machine_with("/sys/kernel/mm/transparent_hugepage/enabled", "always", EVERY), PASSED, whole_machine=True),
    Environment("512 MB of memory", limited("memory", "memory.limit_in_bytes memory.max", "536870912", RUN), REPORT,
                needs="has_cgroup memory", why="no cgroup for memory may be made"),
    Environment("a polite one: nice 19", f"nice -n 19 {CHECK}", PASSED),
    Environment("a user, not root", f"chmod 777 .; setpriv --reuid=65534 --clear-groups {RUN}", REPORT),
]

HEAD = """# Environments

Twinbench among other people's settings, without tools, on small machines, on kernels that refuse
calls. `make test-environments README=1` (as root) runs each command in a folder of its own and
writes this page: the exit status and the line that tells, as seen. A row whose environment was not
tried this time stays as it was. `$TREE` is a built copy of this tree, `refuse` the program of
[refuse.c](refuse.c), and `without` and `in_cgroup` are functions in
[environments.py](environments.py).

Where nothing can be measured, a user would expect one line that says why, and an exit status that
is not 0: that, too, is "yes". Two rows are settings of the whole machine, which is set back
afterwards; they are left out unless `WHOLE_MACHINE=1` is given.
"""

TABLE = "| environment | command | status and line, as seen | as expected |\n|---|---|---|---|"

# In front of each command; in_cgroup and has_cgroup know both versions.
PRELUDE = r"""
cgroup() { for d in /sys/fs/cgroup/$1 /sys/fs/cgroup; do
    [ -d "$d" ] && [ -w "$d" ] && { [ "$d" = /sys/fs/cgroup/$1 ] || grep -qw "$1" $d/cgroup.subtree_control; } 2>/dev/null && echo $d && return; done; return 1; }
has_cgroup() { local d; d=$(cgroup $1)/twinbench-probe-$$ && mkdir $d 2>/dev/null && rmdir $d; }
in_cgroup() { local d f; d=$(cgroup $1)/twinbench-$$; mkdir $d || return
    for f in $2 $3; do [ ! -e $d/$f ] || echo $4 > $d/$f || return; done
    (echo $BASHPID > $d/cgroup.procs; shift 4; exec "$@"); local s=$?; rmdir $d; return $s; }
machine_with() { local f=$1 v=$2 old s; old=$(sed 's/.*\[\(.*\)\].*/\1/' $f); echo $v > $f || return
    trap "echo $old > $f" EXIT; shift 2; "$@"; s=$?; echo $old > $f; trap - EXIT; return $s; }
without() { local f n=0; for f; do n=$((n + 1)); mkdir -p $PWD/.over/$n/up $PWD/.over/$n/work
    mount -t overlay none -o lowerdir=${f%/*},upperdir=$PWD/.over/$n/up,workdir=$PWD/.over/$n/work ${f%/*} && rm -f $f || return; done; }
export -f without
"""


def prepare(folder):
    """A built copy of the tree, the launcher, and locales; the environment of all commands."""
    tree, tools, locales = folder / "tree", folder / "bin", folder / "locales"
    subprocess.run(["cp", "-a", ROOT, tree], check=True)
    shutil.rmtree(tree / "results", ignore_errors=True)
    for made in (tools, locales):
        made.mkdir()
    subprocess.run(["cc", "-Wall", "-o", tools / "refuse", HERE / "refuse.c"], check=True)
    (tools / "twinbench").symlink_to(tree / "build/twinbench")
    if shutil.which("localedef"):
        for charset, name in (("ISO-8859-1", "de_DE"), ("UTF-8", "de_DE.UTF-8")):
            subprocess.run(["localedef", "-i", "de_DE", "-f", charset, locales / name], stderr=subprocess.DEVNULL)
    return {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/root"), "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "TREE": str(tree), "LOCALES": str(locales)}


def run(command, cwd, env):
    """Its status and everything it printed; it and all it started are gone afterwards."""
    started = subprocess.Popen(["bash", "-c", PRELUDE + command], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        said, _ = started.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        said = b"(did not end)"
        started.wait()
    return started.returncode, said.decode(errors="replace")


def attempt(environment, folder, env):
    """(as a user would expect?, the outcome as seen)."""
    if run(environment.needs, folder, env)[0] != 0:
        return None, f"skipped: {environment.why}"
    cwd = Path(tempfile.mkdtemp(dir=folder))
    status, said = run(environment.command, cwd, env)
    found, bad = re.search(environment.says, said), re.search(environment.never, said)
    lines = [l for l in said.splitlines() if l.strip()] or ["(nothing)"]
    line = next((l for l in lines if found and found[0].strip() and found[0].strip().splitlines()[0] in l), lines[-1])
    fine = bool(found) and not bad and (status == environment.status or environment.status < 0)
    if not fine:
        print(said[-1500:], file=sys.stderr)
    shutil.rmtree(cwd, ignore_errors=True)
    return fine, f"{status}: {line.strip()}".replace(str(folder), "")


def cell(text):
    return "`" + re.sub(r"\s+", " ", text).replace("|", "\\|").replace("`", "'") + "`"


def verdicts(rows):
    return [row.split(" | ")[-1].rstrip(" |") for row in rows]


def all_well(rows):
    tried = [v for v in verdicts(rows) if v != "-"]
    return bool(tried) and all(v == "yes" for v in tried)


def summary(rows):
    found = verdicts(rows)
    skipped = found.count("-")
    return f"{found.count('yes')} of {len(found) - skipped} as a user would expect; {skipped} could not be tried here."


def page_write(rows):
    """Rows of environments that were not tried now are those that the page had."""
    page = HERE / "README.md"
    before = {line.split(" | ")[0][2:]: line for line in page.read_text().splitlines() if line.startswith("| ")}
    kept = {e.what: rows.get(e.what) or before.get(e.what) for e in ENVIRONMENTS}
    lines = [row for row in kept.values() if row]
    page.write_text("\n".join([HEAD, TABLE, *lines, "", summary(lines)]) + "\n")


def main():
    parser = argparse.ArgumentParser(description="Twinbench in other people's environments.")
    parser.add_argument("--only", default="", metavar="WORD", help="those whose row has this word")
    parser.add_argument("--readme", action="store_true", help="write the rows into README.md")
    parser.add_argument("--machine", action="store_true", help="those, too, that change settings of the whole machine")
    args = parser.parse_args()
    only = args.only
    chosen = [e for e in ENVIRONMENTS if (only in e.what or only in e.command) and (args.machine or not e.whole_machine)]
    if not chosen:
        sys.exit(f"twinbench: test-environments: none has '{only}' in it")
    if os.geteuid() != 0:
        sys.exit("twinbench: test-environments wants to be root, for namespaces and cgroups: sudo make test-environments")
    print(TABLE)
    rows = {}
    with tempfile.TemporaryDirectory(prefix="twinbench-environments-") as folder:
        os.chmod(folder, 0o755)
        env = prepare(Path(folder))
        for e in chosen:
            fine, outcome = attempt(e, Path(folder), env)
            rows[e.what] = f"| {e.what} | {cell(e.command)} | {cell(outcome)} | {'-' if fine is None else 'yes' if fine else '**no**'} |"
            print(rows[e.what], flush=True)
    print("\n" + summary(rows.values()))
    if args.readme:
        page_write(rows)
    return 0 if all_well(rows.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
