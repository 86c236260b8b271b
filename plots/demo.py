#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""demo.py TIP - bad and good behind HTTP, under the same load: a table and a chart.

Two `twinbench serve` and two `wrk` run at the same time; the servers are asked for their
figures meanwhile.  The load is steady and mild (bench/serve/steady.lua): at full speed what
leaks would fill the machine.  However this ends, its children end with it."""

import argparse
import ctypes
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.dont_write_bytecode = True

import terminal
from chart import WIDE, Chart, draw, need_programs
from draw_card import COLUMNS, fill, key
from panels import Panel
from run import ROOT, Trouble, source_line
from words import number, plural, quantity, scale

TWINS = ("good", "bad")  # bad is drawn last, on top
CONNECTIONS, EACH = 10, 100  # requests a second for each connection (steady.lua)
PAUSE = 0.25  # seconds between two looks
PR_SET_PDEATHSIG = 1


# --- two servers under load

def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(*argv):
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            preexec_fn=end_with_parent)


class Side:
    """A twin: its server, its load, and what was seen of it."""

    def __init__(self, program, tip, twin):
        self.twin, self.looks, self.said, self.trouble, self.load = twin, [], "", "", None
        self.server = start(program, "serve", tip, twin, "--port", "0")
        first = self.server.stdout.readline()
        if not first:
            raise Trouble(self.server.stderr.read().strip().removeprefix("twinbench: "))
        self.url = first.split()[-1].rstrip("/")

    def ask(self, path):
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return json.load(answer)

    def begin(self, seconds):
        self.load = start("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s",
                          str(ROOT / "bench/serve/steady.lua"), self.url + "/op")

    def look(self, at):
        """Note the figures; nothing if the server has ended."""
        try:
            self.looks.append((at, self.ask("/stats.json")))
        except (OSError, ValueError):
            pass

    def end(self):
        """Stop what runs; what wrk said, and the server's trouble if it had one."""
        if self.server.poll() is not None:
            self.load.terminate()  # it would go on knocking
        self.said = self.load.communicate()[0]
        self.server.send_signal(signal.SIGINT)
        complaint = self.server.communicate(timeout=20)[1].split("\n")[0]
        if self.server.returncode:
            self.trouble = f"ended by itself, with status {self.server.returncode}: {complaint}"

    def kill(self):
        for child in filter(None, (self.load, self.server)):
            if child.poll() is None:
                child.kill()
            child.wait()

    def now(self, key):
        return self.looks[-1][1][key]

    def first(self, key):
        return self.looks[0][1][key]

    def p99(self):
        found = re.search(r"^\s*99%\s+([\d.]+)(\S+)", self.said, re.M)
        return f"{found[1]} {found[2]}" if found and self.now("answered") else "-"

    def per_request(self, key, form):
        """Of a hundred requests or more; what a few leave is no rate."""
        gained, served = (self.now(k) - self.first(k) for k in (key, "answered"))
        return form.format(gained / served) if served >= 100 else "-"


def watch(sides, seconds):
    """Load both, and look at both until the load is over."""
    begun = time.monotonic()
    for s in sides:
        s.look(0)
        s.begin(seconds)
    print(f"{seconds} s of load: " + ", ".join(f"{s.twin} {s.url}/" for s in reversed(sides)), flush=True)
    while any(s.load.poll() is None and s.server.poll() is None for s in sides):
        time.sleep(PAUSE)
        for s in sides:
            s.look(time.monotonic() - begun)


# --- what came out

def table(sides):
    def line(name, of):
        print(f"  {name:<22}" + "".join(f"{of(s):>22}" for s in reversed(sides)))

    print()
    line("", lambda s: s.twin)
    line("requests served", lambda s: number(s.now("answered")))
    line("never answered", lambda s: number(s.now("late") + s.now("open")))
    line("latency, 99 %", Side.p99)
    line("tasks alive", lambda s: f"{number(s.first('tasks'))} -> {number(s.now('tasks'))}")
    line("tasks a request", lambda s: s.per_request("tasks", "{:+.2f}"))
    line("resident memory", lambda s: f"{quantity(s.first('rss_bytes'), 'B')} -> {quantity(s.now('rss_bytes'), 'B')}")
    line("memory a request", lambda s: s.per_request("rss_bytes", "{:+,.0f} B"))
    for s in reversed(sides):
        if s.trouble:
            print(f"\n  {s.twin} {s.trouble}")


def panel(sides, key, title, unit):
    name, by = scale(unit, max(look[key] for s in sides for _, look in s.looks))
    last = max(at for s in sides for at, _ in s.looks)
    p = Panel(f"{title}, {name}" if name else title, "as the kernel says" if name else "as the server counts it",
              "seconds under load", list(range(0, int(last) + 1, max(1, int(last) // 5))), whole=not name,
              y_top=max(look[key] for s in sides for _, look in s.looks) / by or 1, x_range=(-0.02 * last, last * 1.02))
    for s in sides:
        p.line("line", s.twin, "c", [(at, look[key] / by) for at, look in s.looks])
        p.dots(s.twin, "c", [(s.looks[-1][0], s.now(key) / by)])
        p.label(s.twin, f"{s.twin} {number(float(f'{s.now(key) / by:.4g}'))}", s.now(key) / by)
    return p


def sentence(sides):
    good, bad = sides
    return "; ".join(f"{'after' if s is good else 'After'} {number(s.now('answered'))} requests {s.twin} has "
                     f"{plural(s.now('tasks'), 'task')} alive and {quantity(s.now('rss_bytes'), 'B')} resident"
                     + (f" and {s.trouble}" if s.trouble else "")
                     for s in (bad, good)) + "."


def demo_chart(sides, machine, seconds):
    tip = sides[0].first("tip")
    looks = " and ".join(number(len(s.looks)) for s in reversed(sides))
    chart = Chart(tip.replace("/", "-"), "card", WIDE, sides[0].first("title"), sentence(sides), COLUMNS,
                  above=f"{tip}, behind HTTP", key=key([]),
                  foot=[f"n: one server of each, {looks} looks at them. Load: wrk, {CONNECTIONS} connections of at most "
                        f"{EACH} requests a second each, for {seconds} s, on both at once.", source_line(machine)])
    return fill(chart, [panel(sides, "tasks", "tasks alive", "1"), panel(sides, "rss_bytes", "resident memory", "B")])


def demo(args):
    need_programs()
    if not shutil.which("wrk"):
        raise Trouble("wrk is missing: `apt-get install wrk` (the demo loads the servers with it)")
    sides = []
    try:
        for twin in TWINS:
            sides.append(Side(args.program, args.tip, twin))
        machine = sides[0].ask("/machine.json")
        watch(sides, args.seconds)
        for s in sides:
            s.end()
    finally:
        for s in sides:
            s.kill()
    table(sides)
    args.out.mkdir(parents=True, exist_ok=True)
    chart = demo_chart(sides, machine, args.seconds)
    draw(chart, args.out)
    print(f"\n{args.out}/{chart.name}.svg and .png")


def main():
    terminal.speak()
    parser = argparse.ArgumentParser(description="Bad and good behind HTTP, under the same load.")
    parser.add_argument("tip")
    parser.add_argument("--program", default=ROOT / "build/twinbench", help="the twinbench to run")
    parser.add_argument("--seconds", type=int, default=10, help="of load")
    parser.add_argument("--out", type=Path, default=Path("results/demo"), help="where the chart goes")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        demo(args)
    except KeyboardInterrupt:
        print("twinbench: the demo was interrupted; its servers have ended", file=sys.stderr)
        return 130
    except (Trouble, OSError) as e:
        print(f"twinbench: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
