#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""serve.t - a twin behind HTTP: its answers, its figures, its end, and what clients do to it.

Each function is one test; its name is the sentence that is true when it passes."""

import contextlib
import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap
from programs import Running

sys.path.insert(0, str(ROOT / "bench/serve"))
import demo as demo_module
import class_server

TWINBENCH = ROOT / os.environ.get("B", "build") / "twinbench"
LEAK = "leaks/handler-outlives-request"
LIMIT = 300  # seconds, for whatever is waited for, on a machine on which much else runs
LONG = "600"  # seconds of a demo that a test ends


class Server(Running):
    """`twinbench serve`, until the block ends."""

    def __init__(self, tip, twin, *flags):
        super().__init__([TWINBENCH, "serve", tip, twin, "--port", "0", *flags])

    def connect(self, sent=b""):
        s = socket.create_connection(("127.0.0.1", self.port), timeout=LIMIT)
        s.sendall(sent)
        return s

    def send_raw(self, data):
        """The status of the answer, or None if the connection was closed without one."""
        with self.connect() as s:
            try:
                s.sendall(data)
                said = s.recv(4096)
            except ConnectionError:
                return None
        return int(said.split()[1]) if said.startswith(b"HTTP/1.") else None

    def stats(self):
        return json.loads(self.ask("/stats.json")[1])

    def until(self, **figures):
        """Wait until the figures have these values."""
        tap.wait_for(lambda: f"{figures}, but {self.stats()}", lambda: figures.items() <= self.stats().items(), LIMIT, 0.01)

    def ask_and_wait(self, clients):
        """Sockets of so many requests, each of which is open or has been answered."""
        sockets = [self.connect(b"GET /op HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(clients)]
        tap.wait_for(self.stats, lambda: (stats := self.stats())["open"] + stats["answered"] >= clients, LIMIT, 0.01)
        return sockets

    def end(self, sig=signal.SIGINT):
        """(exit status, what it printed after its first line, what it complained of)"""
        self.process.send_signal(sig)
        return self.ended()

    def ended(self):
        out, err = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, out, err


def command(*argv):
    return subprocess.run([TWINBENCH, "serve", *argv], capture_output=True, text=True,
                          timeout=LIMIT)


def says(result, status, *words):
    """It ended like this, with one line that has these words."""
    assert result.returncode == status, result
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("twinbench: "), result.stderr
    for word in words:
        assert word in result.stderr, result.stderr


# --- answers

def each_request_is_the_next_op_and_its_answer_is_the_body():
    with Server("leaks/range-unclosed", "good", "--seed", "100") as s:
        said = [s.ask("/op") for _ in range(3)] + [s.ask("/op", "POST", "some body")]
    assert said == [(200, f"{n}\n") for n in range(100, 104)], said


def both_twins_answer_alike():
    with Server("defer/in-loop", "bad") as bad, Server("defer/in-loop", "good") as good:
        said = [[s.ask("/op") for _ in range(3)] for s in (bad, good)]
    assert said[0] == said[1], said


def many_requests_on_one_connection_are_all_answered():
    with Server(LEAK, "good") as s:
        c = http.client.HTTPConnection("127.0.0.1", s.port, timeout=LIMIT)
        for n in range(1000):
            c.request("GET", "/op")
            assert c.getresponse().read() == b"%d\n" % n
        c.close()


def every_good_twin_can_be_served_and_leaves_no_task():
    names = subprocess.run([TWINBENCH, "list", "--names"], capture_output=True, text=True).stdout.split()
    assert names
    for name in names:
        with Server(name, "good") as s:
            before = s.stats()["tasks"]
            for _ in range(4):
                status, answer = s.ask("/op")
                assert status == 200 and answer.strip().isdigit(), (name, status, answer)
            s.until(tasks=before, answered=4)


# --- what it shows

def what_leaks_is_named_by_the_bad_twin_and_only_by_it():
    for twin, tasks in (("bad", 21), ("good", 1)):
        with Server(LEAK, twin) as s:
            for _ in range(20):
                s.ask("/op")
            s.until(tasks=tasks)
            status, dump = s.ask("/debug/tasks?debug=1")
            named = re.search(r"20 \[select\]:\n.*\n\tstarted at \S+/bad.c:\d+ in op", dump)
            assert status == 200 and bool(named) == (twin == "bad"), dump
            each = s.ask("/debug/tasks?debug=2")[1]
            assert len(re.findall(r"^task \d+ \[", each, re.M)) == tasks, each


def the_tasks_can_be_had_as_a_profile_for_pprof():
    with Server(LEAK, "bad") as s:
        for _ in range(20):
            s.ask("/op")
        s.until(tasks=21)
        with urllib.request.urlopen(f"http://127.0.0.1:{s.port}/debug/pprof/goroutine") as answer:
            profile = gzip.decompress(answer.read())
    assert b"index_body" in profile and b"patterns/leaks/handler-outlives-request/bad.c" in profile


def the_leaked_alone_can_be_had_as_a_profile():
    for twin, leaked in (("bad", True), ("good", False)):
        with Server("leaks/abandoned-sender", twin) as s:
            for _ in range(20):
                s.ask("/op")
            with urllib.request.urlopen(f"http://127.0.0.1:{s.port}/debug/pprof/goroutineleak") as answer:
                profile = gzip.decompress(answer.read())
            assert b"goroutineleak" in profile
            assert (b"abandoned-sender/bad.c" in profile) == leaked, twin
            dump = s.ask("/debug/tasks?debug=1")[1]
            assert ("[chan send, leaked]" in dump) == leaked, dump


def the_figures_are_in_prometheus_text_format():
    with Server(LEAK, "bad") as s:
        s.ask("/op")
        s.until(tasks=2)
        said = s.ask("/metrics")[1]
    value, typed = {}, {}
    for line in said.splitlines():
        kind = re.fullmatch(r"# (HELP|TYPE) ([a-z_]+) (.+)", line)
        sample = re.fullmatch(r'([a-z_]+)(\{(?:,?[a-z]+="[^"]+")+\})? (\d[\d.e+-]*)', line)
        assert kind or sample, line
        if kind and kind[1] == "TYPE":
            assert kind[2] not in typed and kind[3] in ("gauge", "counter"), line
            typed[kind[2]] = kind[3]
        elif sample:
            assert (typed[sample[1]] == "counter") == sample[1].endswith("_total"), line
            value[sample[1] + (sample[2] or "")] = float(sample[3])
    assert value["twinbench_tasks"] == 2, value
    assert value['twinbench_requests_total{end="answered"}'] == 1, value
    assert value["process_resident_memory_bytes"] > 1e6, value


def every_gauge_and_counter_of_the_runtime_is_a_metric():
    table = (ROOT / "runtime/stats.h").read_text()
    with Server(LEAK, "good") as s:
        said = s.ask("/metrics")[1]
    rows = re.findall(r"^    (GAUGE|COUNTER)\((\w+),", table, re.M)
    assert rows, "runtime/stats.h has no table that this can read"
    for kind, name in rows:
        for suffix in ("", "_peak", "_added_total") if kind == "GAUGE" else ("_total",):
            assert f"\ntwinbench_{name}{suffix} " in said, name + suffix


def a_twin_on_the_collector_shows_its_figures():
    with Server("pools/buffer-per-parse", "bad") as s:
        status, _ = s.ask("/op")
        said = s.ask("/metrics")[1]
    allocated = re.search(r"^twinbench_gc_allocated_bytes_total (.*)", said, re.M)
    assert status == 200 and float(allocated[1]) > 0, said


def the_page_needs_nothing_from_elsewhere():
    with Server(LEAK, "bad") as s:
        status, page = s.ask("/")
    assert status == 200 and "prefers-color-scheme: dark" in page
    assert not re.search(r"https?://|\bsrc=|@import|url\(", page)


# --- clients that are wrong

def a_wrong_path_method_or_parameter_is_refused():
    with Server(LEAK, "good") as s:
        said = [s.ask(*r)[0] for r in (("/nothing",), ("/op", "DELETE"), ("/metrics", "POST"),
                                       ("/debug/tasks?debug=3",))]
        assert said == [404, 405, 405, 400], said


def what_is_too_large_is_refused_or_dropped_and_the_next_is_served():
    with Server(LEAK, "good") as s:
        head = b"POST /op HTTP/1.1\r\nHost: x\r\n"
        assert s.send_raw(head + b"Content-Length: 1048577\r\n\r\n") == 413
        assert s.send_raw(head + b"X: " + b"x" * 100000 + b"\r\n\r\n") in (400, 413, 431, None)
        assert s.send_raw(b"GET /" + b"x" * 100000 + b" HTTP/1.1\r\n\r\n") in (400, 413, 414, 431, None)
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        assert s.send_raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 17) in (400, 413, None)
        assert s.ask("/op", "POST", b"x" * 1048576) == (200, "0\n")


def what_is_no_http_is_refused_or_dropped_and_the_next_is_served():
    with Server(LEAK, "good") as s:
        for nonsense in (b"\xff\xfe \xfd\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
                         b"GET /op HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"GET /op HTTP/9.9\r\n\r\n",
                         b"POST /op HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
            status = s.send_raw(nonsense)
            assert status is None or 400 <= status < 600, (nonsense, status)
        assert s.ask("/op")[0] == 200


def a_thousand_idle_connections_keep_nobody_out():
    with Server(LEAK, "good") as s:
        idle = [s.connect(b"GET /op HTTP/1.1\r\nHo" if n % 2 else b"") for n in range(1000)]
        assert s.ask("/op") == (200, "0\n")
        for c in idle:
            c.close()
        assert s.end()[0] == 0


def clients_that_leave_before_their_answer_do_no_harm():
    with Server("leaks/range-unclosed", "bad") as s:
        for _ in range(50):
            s.connect(b"GET /op HTTP/1.1\r\nHost: x\r\n\r\n").close()
            s.connect(b"GET /debug/tasks?debug=2 HTTP/1.1\r\nHost: x\r\n\r\n" * 8).close()
            s.connect(b"POST /op HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf").close()
        s.until(open=0)
        assert s.ask("/op")[0] == 200
        assert s.end()[0] == 0


# --- ops that are wrong

def an_op_that_never_ends_is_given_up_and_holds_up_nobody():
    with Server("defer/lost-unlock", "bad", "--patience", "1") as s:
        waiting = s.ask_and_wait(20)
        said = [int(w.recv(4096).split()[1]) for w in waiting]
        assert set(said) <= {200, 504} and said.count(504) == s.stats()["late"] > 0, said
        s.until(open=0)
        assert "sync.Mutex.Lock" in s.ask("/debug/tasks")[1]
        assert s.end()[0] == 0


def an_op_that_panics_ends_the_server_with_its_words():
    with Server("channels/send-on-closed", "bad") as s:
        for _ in range(200):
            try:
                s.ask("/op")
            except (OSError, http.client.HTTPException):
                break
        status, _, complaint = s.ended()
    assert status == 101 and re.match(r"panic: .*send on closed channel", complaint), (status, complaint)


def a_leak_ends_at_the_limit_of_memory():
    with Server(LEAK, "bad", "--memory", "1") as s:
        status, _, complaint = s.ended()
    assert status == 1 and "went above 1 MiB (--memory)" in complaint, (status, complaint)


# --- the demo

def demo(*flags):
    for program in ("wrk", "gnuplot", "rsvg-convert"):
        if not shutil.which(program):
            raise tap.Skip(f"no {program} here (Debian: apt-get install wrk gnuplot-nox librsvg2-bin)")
    return subprocess.Popen(["/usr/bin/python3", ROOT / "bench/serve/demo.py", *flags, "--program", TWINBENCH],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def a_demo_draws_both_twins_and_prints_what_they_left():
    with tempfile.TemporaryDirectory() as out:
        said, complaint = demo(LEAK, "--seconds", "1", "--out", out).communicate(timeout=LIMIT)
        assert not complaint and re.search(r"tasks a request +\+1\.00 +\+0\.00", said), said + complaint
        assert all(len(line) <= 80 for line in said.splitlines()[:-1]), said
        svg = Path(out, LEAK.replace("/", "-") + ".svg").read_text()
        assert "Tasks alive" in svg and Path(out, LEAK.replace("/", "-") + ".png").exists()


def a_demo_that_is_interrupted_or_killed_leaves_nothing_running():
    for sig, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)):
        process = demo(LEAK, "--seconds", LONG)
        ports = [int(p) for p in re.findall(r"http://[\d.]+:(\d+)/", process.stdout.readline())]
        process.send_signal(sig)
        process.communicate(timeout=LIMIT)
        assert process.returncode == status and len(ports) == 2, (process.returncode, ports)
        tap.wait_for(f"both servers gone after {sig}",
                     lambda: all(socket.socket().connect_ex(("127.0.0.1", p)) != 0 for p in ports), LIMIT, 0.01)


@contextlib.contextmanager
def a_page(*flags):
    """ask(path, ...) of the page of a demo that runs."""
    process = demo(LEAK, "--seconds", LONG, *flags)
    try:
        process.stdout.readline()
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())[1])

        def ask(path, method="GET", **headers):
            c = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
            try:
                c.request(method, path, b"" if method == "POST" else None, headers)
                answer = c.getresponse()
                return answer.status, answer.read().decode()
            finally:
                c.close()

        yield ask
    finally:
        process.kill()
        process.communicate()


def looks_that_grow(ask):
    """What the page is told at two times, later more than before of each twin."""
    def looks_above(least):
        told = json.loads(ask("/looks.json")[1])
        return told if all(len(side["looks"]) > n for side, n in zip(told["sides"], least)) else None

    early = tap.wait_for("a look at each twin", lambda: looks_above((0, 0)), LIMIT, 0.01)
    late = tap.wait_for("one more", lambda: looks_above([len(side["looks"]) for side in early["sides"]]), LIMIT, 0.01)
    return early, late


def a_page_of_a_demo_that_is_loaded_again_has_all_from_the_beginning():
    with a_page() as ask:
        assert not re.search(r"""(src|href)=["'](?!data:)|url\(""", ask("/")[1])
        early, late = looks_that_grow(ask)
        assert [s["twin"] for s in late["sides"]] == ["bad", "good"] and not late["open"]
        for before, after in zip(early["sides"], late["sides"]):
            assert after["looks"][0][0] == 0 and len(after["looks"]) > len(before["looks"]) > 0, late
            assert after["looks"][:len(before["looks"])] == before["looks"]
        assert ask("/send", "POST")[0] == 429 and ask("/etc/passwd")[0] == 404


class OnceBusy(class_server.Handler):
    """The page of a demo, whose first question for figures is refused; the others are answered."""
    looks, asked = {"title": "a demo", "tip": LEAK, "seconds": 1000, "ended": False, "open": True, "rate": "100",
                    "sides": [{"twin": t, "trouble": "", "looks": [(0, 1, 9000), (5, 1, 9000)]} for t in ("bad", "good")]}, 0

    def do_GET(self):
        if self.path == "/":
            return self.answer(200, (ROOT / "bench/serve/demo.html").read_bytes())
        OnceBusy.asked += 1
        if OnceBusy.asked == 1:
            return self.answer(503, b"not now", "text/plain")
        self.answer(200, json.dumps(self.looks).encode(), "application/json")


def a_page_of_a_demo_that_had_no_answer_asks_again():
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        raise tap.Skip("there is no chromium")
    with class_server.Server("127.0.0.1", 0, OnceBusy) as server, tempfile.TemporaryDirectory() as profile:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        said = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--virtual-time-budget=3000",
                               "--dump-dom", server.url()], capture_output=True, text=True, timeout=LIMIT).stdout
        server.shutdown()
    state = re.search('id="state"[^>]*>(.*?)<', said)
    assert OnceBusy.asked > 1 and state and state[1] == "– at most 100 requests a second", (OnceBusy.asked, said[-2000:])


def a_class_loads_a_demo_only_as_much_as_it_is_let():
    with a_page("--open") as ask:
        assert json.loads(ask("/looks.json")[1])["open"]
        assert ask("/send", "POST")[0] == 200
        assert ask("/send", "POST", Origin="http://elsewhere.example")[0] == 403
    now = [0.0]
    budget = demo_module.Budget(50, 60, lambda: now[0])
    assert sum(budget.take() for _ in range(1000)) == 50
    now[0] = 3600.0
    assert sum(budget.take() for _ in range(1000)) == 10  # of 60 in all
    for seconds in (1, 10, 61, 2400, 14400):
        assert demo_module.CONNECTIONS * 1000 * seconds / demo_module.wait_ms(seconds) <= demo_module.MOST, seconds


def a_long_demo_keeps_so_many_looks_and_the_first():
    side = demo_module.Side.__new__(demo_module.Side)
    side.looks, side.ask = [], lambda path: {"tasks": len(side.looks)}
    for at in range(20000):
        side.look(at)
    assert 300 <= len(side.looks) <= 600 and side.looks[0][0] == 0 and side.looks[-1][0] == 19999, len(side.looks)


def seconds_addresses_and_ports_that_are_none_are_named_in_a_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for flags, say in ((("--seconds", "0"), "'0' is not 1 to 14400"), (("--seconds", "1e9"), "'1e9'"), (("--address", "class\n"), "'class\\n' is no address"),
                           (("--port", "abc"), "'abc' is no port"), (("--port", "65536"), "'65536' is no port"),
                           (("--port", port), f"cannot listen on port {port} of '127.0.0.1': Address already in use")):
            said, complaint = demo(LEAK, *flags).communicate(timeout=LIMIT)
            assert not said and say in complaint and complaint.count("\n") == 1, complaint


# --- beginning and end

def a_signal_ends_it_with_a_summary():
    for sig in (signal.SIGINT, signal.SIGTERM):
        with Server(LEAK, "bad") as s:
            s.ask("/op")
            s.until(tasks=2)
            status, said, complaint = s.end(sig)
        assert status == 0 and complaint == "", (status, complaint)
        assert said.startswith("1 requests served, 0 late, 0 cut off; tasks 1 -> 2, RSS "), said


def open_requests_hear_that_the_server_ends():
    with Server("defer/lost-unlock", "bad") as s:
        waiting = s.ask_and_wait(20)
        status, said, _ = s.end()
        heard = [w.recv(4096).split()[1] for w in waiting]
    assert status == 0 and set(heard) <= {b"200", b"503"} and b"503" in heard, (status, said, heard)


def a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        says(command(LEAK, "bad", "--port", port), 1, f"port {port} of 127.0.0.1 is taken", "--port")


def mistakes_on_the_command_line_are_named():
    says(command(LEAK, "ugly"), 2, "ugly")
    says(command("leaks/nothing", "bad"), 2, "leaks/nothing")
    says(command(LEAK, "bad", "--port", "65536"), 2, "--port")
    says(command(LEAK, "bad", "--address", "everywhere"), 2, "--address", "everywhere")


sys.exit(tap.run(tap.tests_of(globals())))
