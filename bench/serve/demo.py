#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""demo.py TIP - bad and good behind HTTP, under the same load: a table and a chart.

Two `twinbench serve` and two `wrk` run at the same time; the servers are asked for their
figures meanwhile.  The load is steady and mild (bench/serve/steady.lua): at full speed what
leaks would fill the machine.  However this ends, its children end with it."""

import argparse
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
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plots"))

from chart import WIDE, Chart, draw, need_programs
from draw_card import COLUMNS, fill
from panels import Panel
from run import ROOT, Trouble, source_line
from words import number, plural, quantity, scale

CONNECTIONS, EACH = 10, 100  # requests a second for each connection (steady.lua)
PAUSE = 0.25  # seconds between two looks


def start(*argv):
    """A child that ends when we do."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


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

    def look(self, at):
        """Note the figures; nothing if the server has ended."""
        try:
            self.looks.append((at, self.ask("/stats.json")))
        except (OSError, ValueError):
            pass

    def begin(self, seconds):
        self.look(0)
        self.load = start("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s",
                          str(ROOT / "bench/serve/steady.lua"), self.url + "/op")

    def runs(self):
        return self.load.poll() is None and self.server.poll() is None

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

    def ends(self, key):
        """A figure at the first look and at the last."""
        return self.looks[0][1][key], self.looks[-1][1][key]

    def each(self, key, form):
        """For a request, of a hundred or more; what a few leave is no rate."""
        first, last = self.ends(key)
        served = self.ends("answered")[1] - self.ends("answered")[0]
        return form.format((last - first) / served) if served >= 100 else "-"

    def column(self):
        """What the table says of it."""
        p99 = re.search(r"^\s*99%\s+([\d.]+)(\S+)", self.said, re.M)
        last = self.looks[-1][1]
        return [self.twin, number(last["answered"]), number(last["late"] + last["open"]),
                f"{p99[1]} {p99[2]}" if p99 and last["answered"] else "-",
                " -> ".join(map(number, self.ends("tasks"))), self.each("tasks", "{:+.2f}"),
                " -> ".join(quantity(v, "B") for v in self.ends("rss_bytes")), self.each("rss_bytes", "{:+,.0f} B")]

    def sentence(self):
        last = self.looks[-1][1]
        return (f"fter {number(last['answered'])} requests {self.twin} has {plural(last['tasks'], 'task')} alive and "
                f"{quantity(last['rss_bytes'], 'B')} resident" + f" and {self.trouble}" * bool(self.trouble))


ROWS = ("", "requests served", "never answered", "latency, 99 %", "tasks alive", "tasks a request", "resident memory", "memory a request")


def panel(sides, key, title, about, unit):
    top, last = max(look[key] for s in sides for _, look in s.looks), max(at for s in sides for at, _ in s.looks)
    name, by = scale(unit, top)
    p = Panel(", ".join(filter(None, (title, name))), about, "seconds under load", list(range(0, int(last) + 1, max(1, int(last) // 5))),
              top / by or 1, (-0.02 * last, last * 1.02), whole=not name)
    for s in sides:
        p.add("line", s.twin, "c", [(at, look[key] / by) for at, look in s.looks])
        p.add("dot", s.twin, "c", [(s.looks[-1][0], s.ends(key)[1] / by)])
        p.labels.append((s.twin, f"{s.twin} {number(s.ends(key)[1] / by)}", s.ends(key)[1] / by))
    return p


def demo_chart(bad, good, machine, seconds):
    tip = bad.looks[0][1]
    chart = Chart(tip["tip"].replace("/", "-"), "card", WIDE, tip["title"], f"A{bad.sentence()}; a{good.sentence()}.", COLUMNS,
                  above=f"{tip['tip']}, behind HTTP", key=[("bad", "disc", "bad"), ("good", "square", "good")],
                  foot=[f"n: one server of each, {len(bad.looks)} and {len(good.looks)} looks at them. Load: wrk, {CONNECTIONS} "
                        f"connections of at most {EACH} requests a second each, for {seconds} s, on both at once.", source_line(machine)])
    return fill(chart, [panel([good, bad], "tasks", "tasks alive", "as the server counts it", "1"),
                        panel([good, bad], "rss_bytes", "resident memory", "as the kernel says", "B")])


def demo(args):
    need_programs()
    if not shutil.which("wrk"):
        raise Trouble("wrk is missing: `apt-get install wrk` (the demo loads the servers with it)")
    sides = []
    try:
        for twin in ("bad", "good"):
            sides.append(Side(args.program, args.tip, twin))
        machine = sides[0].ask("/machine.json")
        begun = time.monotonic()
        for s in sides:
            s.begin(args.seconds)
        print(f"{args.seconds} s of load: " + ", ".join(f"{s.twin} {s.url}/" for s in sides), flush=True)
        while any(s.runs() for s in sides):
            time.sleep(PAUSE)
            for s in sides:
                s.look(time.monotonic() - begun)
        for s in sides:
            s.end()
    finally:
        for s in sides:
            s.kill()
    for name, bad, good in zip(ROWS, *(s.column() for s in sides)):
        print(f"  {name:<22}{bad:>22}{good:>22}")
    for s in sides:
        print(f"\n  {s.twin} {s.trouble}\n" if s.trouble else "", end="")
    args.out.mkdir(parents=True, exist_ok=True)
    chart = demo_chart(*sides, machine, args.seconds)
    draw(chart, args.out)
    print(f"\n{args.out}/{chart.name}.svg and .png")


def main():
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
