#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""demo.py TIP - bad and good behind HTTP, under the same load: a page, a table and a chart.

Two `twinbench serve` and two `wrk` run at the same time; the servers are asked for their
figures meanwhile.  The load is steady and mild (bench/serve/steady.lua): at full speed what
leaks would fill the machine.  So a demo that lasts a lesson is milder still: in all MOST requests
are sent, however long it is.  However this ends, its children end with it.

The page (demo.html) draws all from the beginning.  With --address others see it, too, and may send
requests of their own, to both twins alike: so many a second for all of them together, and as many
in all as the demo itself.  The servers of the twins are reached through it alone."""

import argparse
import ipaddress
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[2] / name) for name in ("plots", "bench/python")]

import broken_pipe
import class_server
from chart import WIDE, Chart, draw, need_programs
from draw_card import COLUMNS, fill
from panels import Panel
from run import ROOT, Trouble, source_line
from words import number, plural, quantity, scale

CONNECTIONS = 10
LEAST_WAIT = 10  # ms, of a connection between two requests (steady.lua)
MOST = 60000     # requests to each twin: a leak of 20 kB each is 1.2 GB
CLASS_RATE = 50  # requests a second from the page, of all who have it
LOOKS = 600      # that are kept of a twin: when there are more, every other one goes
PAUSE = 0.25     # seconds between two looks


def wait_ms(seconds):
    """Between two requests of a connection, so that there are MOST in all of them at most."""
    return max(LEAST_WAIT, -(-1000 * CONNECTIONS * seconds // MOST))


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
            return
        if len(self.looks) > LOOKS:
            self.looks = self.looks[:1] + self.looks[2::2]  # the first and the newest stay

    def begin(self, seconds):
        self.look(0)
        self.load = start("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s",
                          str(ROOT / "bench/serve/steady.lua"), self.url + "/op", "--", str(wait_ms(seconds)))

    def send(self):
        """One request; its answer is nobody's."""
        try:
            urllib.request.urlopen(self.url + "/op", timeout=5).read()
        except OSError:
            pass

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


# --- the page

class Budget:
    """A second's worth of requests at a time, and so many in all."""

    def __init__(self, rate, most, now=time.monotonic):
        self.rate, self.left, self.now, self.lock = rate, most, now, threading.Lock()
        self.room, self.at = rate, now()

    def take(self):
        with self.lock:
            now = self.now()
            self.room, self.at = min(self.rate, self.room + (now - self.at) * self.rate), now
            if self.room < 1 or self.left < 1:
                return False
            self.room, self.left = self.room - 1, self.left - 1
            return True


class Page(class_server.Handler):
    def do_GET(self):
        if self.path == "/":
            self.answer(200, (Path(__file__).resolve().parent / "demo.html").read_bytes())
        elif self.path == "/looks.json":
            self.answer(200, json.dumps(self.server.looks()).encode(), "application/json")
        else:
            self.answer(404, b"there is nothing here", "text/plain")

    def do_POST(self):
        """A request to both.  A form of another site cannot send it: that would not be text/plain with an Origin of
        ours."""
        if self.path != "/send" or self.body(0) is None:
            return self.answer(404, b"there is nothing here", "text/plain")
        if self.headers.get("Origin", "") not in ("", f"http://{self.headers.get('Host', '')}"):
            return self.answer(403, b"not from there", "text/plain")
        if not self.server.open or not self.server.budget.take():
            return self.answer(429, b"not now", "text/plain")
        for s in self.server.sides:
            s.send()
        self.answer(200, b"sent", "text/plain")


class Stage(class_server.Server):
    """What a class sees of a demo."""

    def __init__(self, args, sides):
        self.sides, self.seconds, self.ended = sides, args.seconds, False
        self.open = not ipaddress.ip_address(args.address).is_loopback or args.open
        self.budget = Budget(CLASS_RATE, MOST)
        super().__init__(args.address, args.port, Page)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def looks(self):
        first = next((s.looks[0][1] for s in self.sides if s.looks), {})
        return {"title": first.get("title", ""), "tip": first.get("tip", ""), "seconds": self.seconds, "ended": self.ended,
                "open": self.open and not self.ended, "rate": number(1000 * CONNECTIONS // wait_ms(self.seconds)),
                "sides": [{"twin": s.twin, "trouble": s.trouble,
                           "looks": [(round(at, 2), look["tasks"], look["rss_bytes"]) for at, look in list(s.looks)]} for s in self.sides]}


# --- all of it

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
                        f"connections of at most {number(round(1000 / wait_ms(seconds), 1))} requests a second each, for {seconds} s, on both at once.", source_line(machine)])
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
        stage = Stage(args, sides)
        begun = time.monotonic()
        for s in sides:
            s.begin(args.seconds)
        print(f"{args.seconds} s of load: " + ", ".join(f"{s.twin} {s.url}/" for s in sides) + f"\n  both, from the beginning: {stage.url()}", flush=True)
        while any(s.runs() for s in sides):
            time.sleep(PAUSE)
            for s in sides:
                s.look(time.monotonic() - begun)
        stage.ended = True
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


def seconds_of(text):
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 14400):
        raise Trouble(f"{text!a} is not 1 to 14400 seconds")
    return int(text)


def address_of(text):
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise Trouble(f"{text!a} is no address in figures, as 127.0.0.1 or 0.0.0.0 are")


def main():
    parser = argparse.ArgumentParser(description="Bad and good behind HTTP, under the same load.")
    parser.add_argument("tip")
    parser.add_argument("--program", default=ROOT / "build/twinbench", help="the twinbench to run")
    parser.add_argument("--seconds", type=seconds_of, default=10, help="of load, 1 to 14400; there are as many requests in all")
    parser.add_argument("--address", type=address_of, default="127.0.0.1", help="where the page is: 0.0.0.0 lets the class in (127.0.0.1)")
    parser.add_argument("--port", type=class_server.port_of, default=0, help="of the page")
    parser.add_argument("--open", action="store_true", help="let the page send requests, on loopback too")
    parser.add_argument("--out", type=Path, default=Path("results/demo"), help="where the chart goes")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        demo(parser.parse_args())
    except KeyboardInterrupt:
        print("twinbench: the demo was interrupted; its servers have ended", file=sys.stderr)
        return 130
    except (Trouble, OSError) as e:
        print(f"twinbench: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    broken_pipe.end_quietly()
    sys.exit(main())
