#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""report.t - the report in a real browser: it fits a phone, its filters and keys work,
its tips open, its colours have contrast, and it works without scripts.

An invented run is served on loopback; Chromium loads a page that opens the report in
frames of several widths, asks it questions and leaves the answers in its body.  Skipped
where there is no chromium."""

import html
import http.server
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests/fixtures"))

import synthetic

WATCH = """<script>
window.errors = [];
addEventListener("error", e => errors.push(e.message), true);
addEventListener("unhandledrejection", e => errors.push(String(e.reason)));
for (const kind of ["error", "warn"])
    console[kind] = (...words) => errors.push(words.join(" "));
</script>"""
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --disable-extensions --force-prefers-reduced-motion --virtual-time-budget=60000 --dump-dom").split()

ASK = r"""<!doctype html><body><script>
const answers = {};
const open = (path, width) => new Promise(done => {
    const f = document.createElement("iframe");
    f.style.cssText = `width:${width}px;height:900px;border:0`;
    f.src = path;
    f.onload = () => setTimeout(() => done(f.contentWindow), 50);
    document.body.append(f);
});
const shown = (w, what) => [...w.document.querySelectorAll(what)].filter(e => e.checkVisibility());
const press = (w, key) => w.document.dispatchEvent(new w.KeyboardEvent("keydown", { key, bubbles: true }));
const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

function behind(w, e) {
    for (; e; e = e.parentElement) {
        const c = parse(w.getComputedStyle(e).backgroundColor);
        if (c.length == 3 || c[3] == 1)
            return c;
    }
    return [255, 255, 255];
}

function faint(w) {
    const found = new Set();
    const walk = w.document.createTreeWalker(w.document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest("script,style,title,desc"))
            continue;
        const style = w.getComputedStyle(e), ink = parse(e.closest("svg") ? style.fill : style.color);
        const ratio = contrast(ink, behind(w, e));
        if (ratio < 4.5)
            found.add(`${ratio.toFixed(2)} ${e.className.baseVal ?? e.className} "${walk.currentNode.data.trim().slice(0, 30)}"`);
    }
    return [...found];
}

/* Shown, and at the top of the window or as far up as the page's end allows. */
function inView(w, id) {
    const e = w.document.getElementById(id), box = e.getBoundingClientRect();
    return e.checkVisibility() && box.height > 0 && box.top < w.innerHeight && box.bottom > 0;
}

async function all() {
    for (const width of [320, 360, 500, 768, 1280]) {
        const w = await open("/report.html", width);
        answers["over " + width] = w.document.documentElement.scrollWidth - w.document.documentElement.clientWidth;
        answers["pictures " + width] = shown(w, "article svg").length;
        for (const d of w.document.querySelectorAll("details.tip"))
            d.open = true;
        answers["open " + width] = shown(w, "article svg").length;
        answers["openOver " + width] = w.document.documentElement.scrollWidth - w.document.documentElement.clientWidth;
    }
    let w = await open("/report.html", 800);
    const tips = () => shown(w, "details.tip").length, rows = () => shown(w, ".index tbody tr").length;
    answers.dark = w.matchMedia("(prefers-color-scheme: dark)").matches;
    answers.all = [tips(), rows(), shown(w, "article").length];
    w.document.querySelector("[name=family][value=leaks]").click();
    answers.leaks = [tips(), rows()];
    answers.address = w.location.hash;
    answers.status = w.document.querySelector(".shown").textContent;
    press(w, "x");
    answers.cleared = tips();
    w.document.querySelector("[name=label][value=myth]").click();
    answers.myths = [tips(), [...w.document.querySelectorAll("details.tip:not([hidden]) > summary .badge")].every(b => b.textContent.includes("myth"))];
    press(w, "x");
    w.document.querySelector("[type=search]").value = "tip number 4";
    w.document.querySelector("[type=search]").dispatchEvent(new w.Event("input", { bubbles: true }));
    answers.searched = [tips(), rows()];
    press(w, "x");
    const by = () => [...w.document.querySelectorAll(".index tbody .badge")].map(b => b.classList[1]);
    w.document.querySelector("[data-by=order] button").click();
    answers.sorted = by();
    w.document.querySelector("[data-by=order] button").click();
    answers.sortedBack = by();
    press(w, "j");
    answers.first = w.location.hash;
    answers.focus = w.document.activeElement.id;
    answers.opened = shown(w, "article").map(a => a.id);
    shown(w, ".around a").at(-1).click();
    await new Promise(done => setTimeout(done, 100));
    answers.next = shown(w, "article").map(a => a.id);
    for (const d of w.document.querySelectorAll("details.tip"))
        d.open = true;
    answers.faint = faint(w);
    const nav = w.document.querySelector(".around");
    nav.closest("article").querySelector(".claims").scrollIntoView();
    answers.sticky = Math.round(nav.getBoundingClientRect().top);
    w = await open("/report.html?2#filter?label=undecided", 800);
    answers.linked = tips();
    answers.wanted = [...w.document.querySelectorAll("details.tip")].filter(d => d.dataset.label == "undecided").length;
    answers.errors = w.errors;
    const last = [...w.document.querySelectorAll("article")].at(-1).id;
    w = await open("/report.html?3#" + last, 800);
    answers.deep = inView(w, last);
    w.document.querySelector("[name=family][value=leaks]").click();
    w.location.hash = "#" + last;
    await new Promise(done => setTimeout(done, 100));
    answers.deepHidden = inView(w, last);
    answers.errors.push(...w.errors);
    w = await open("/plain.html", 800);
    answers.plain = [tips(), rows(), shown(w, ".filters").length];
    w = await open("/plain.html?2#" + last, 800);
    answers.plainDeep = inView(w, last);
    document.body.textContent = JSON.stringify(answers);
}
all().catch(e => document.body.textContent = JSON.stringify({ failed: String(e) }));
</script>"""


def serve(report):
    plain = re.sub(r"<script>.*?</script>", "", report, flags=re.S)
    pages = {"/ask.html": ASK, "/report.html": report.replace("<head>", "<head>" + WATCH), "/plain.html": plain}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            text = pages.get(self.path.partition("?")[0], "").encode()
            self.send_response(200 if text else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/ask.html"


def browse(address, folder, *more):
    """What the page answered."""
    said = subprocess.run(["chromium", *FLAGS, f"--user-data-dir={folder}", *more, address],
                          capture_output=True, text=True, timeout=600).stdout
    body = re.search(r"<body>(.*?)</body>", said, re.S)
    return json.loads(html.unescape(body[1])) if body else {"failed": said[:500]}


def printed(report, folder):
    """How many pages it takes on paper."""
    paper = Path(folder) / "report.pdf"
    subprocess.run(["chromium", *[f for f in FLAGS if f != "--dump-dom"], f"--user-data-dir={folder}/paper",
                    "--no-pdf-header-footer", f"--print-to-pdf={paper}", report.as_uri()],
                   capture_output=True, timeout=600)
    return len(re.findall(rb"/Type /Page\b", paper.read_bytes()))


def rendered(folder):
    run = synthetic.make(folder, 7)
    subprocess.run(["/usr/bin/python3", ROOT / "plots/render.py", run, "--words", folder / "words.json"],
                   check=True, stdout=subprocess.DEVNULL)
    return run / "report.html"


def main():
    if not shutil.which("chromium"):
        print("1..0 # SKIP no chromium here (Debian: apt-get install chromium)")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report = rendered(Path(folder) / "run")
        page = report.read_text()
        address = serve(page)
        pages = printed(report, folder)
        a = browse(address, folder + "/light")
        dark = browse(address, folder + "/dark", "--blink-settings=preferredColorScheme=0")
    if "failed" in a or "failed" in dark:
        print("1..1\nnot ok 1 - the browser answers\n#", a.get("failed") or dark["failed"])
        return 1
    widths = (320, 360, 500, 768, 1280)
    checks = [
        ("no script fails, and none complains", a["errors"], []),
        ("nothing scrolls sideways at any width", [a[f"over {w}"] for w in widths], [0] * 5),
        ("nor when all tips are open", [a[f"openOver {w}"] for w in widths], [0] * 5),
        ("no tip is open before it is asked for", [a[f"pictures {w}"] for w in widths], [0] * 5),
        ("an open tip shows its chart, and some of them one more, in one width", [a[f"open {w}"] for w in widths],
         [7 + len(synthetic.CHARTS)] * 5),
        ("every text has a contrast of 4.5 in light", a["faint"], []),
        ("the dark page is dark", dark["dark"], True),
        ("every text has a contrast of 4.5 in dark", dark["faint"], []),
        ("unfiltered it lists all tips, and opens none", a["all"], [7, 7, 0]),
        ("a family filters the tips and the index", a["leaks"], [1, 1]),
        ("the filter is in the address", a["address"], "#filter?family=leaks"),
        ("the filter says how many are left", a["status"], "1 of 7 tips"),
        ("x clears the filter", a["cleared"], 7),
        ("a label filters the tips", a["myths"], [2, True]),
        ("a search finds a tip by its words", a["searched"], [1, 1]),
        ("a column's name sorts the index, a second press the other way", [a["sorted"], a["sortedBack"]],
         [["true"] * 2 + ["myth"] * 2 + ["depends"] + ["undecided"] * 2, ["undecided"] * 2 + ["depends"] + ["myth"] * 2 + ["true"] * 2]),
        ("j opens the first tip and gives it the focus", [a["first"], a["focus"], a["opened"]],
         ["#leaks-range-unclosed", "leaks-range-unclosed", ["leaks-range-unclosed"]]),
        ("next opens the next tip", a["next"], ["leaks-range-unclosed", "synthetic-a-name-as-long-as-handler-outlives-request"]),
        ("the way to the next tip stays in view", a["sticky"], 0),
        ("an address with a filter opens filtered", [a["linked"], a["linked"] > 0], [a["wanted"], True]),
        ("an address with a tip opens the tip", a["deep"], True),
        ("a link to a tip that the filter hides shows it", a["deepHidden"], True),
        ("without scripts it lists all tips and has no filter", a["plain"], [7, 7, 0]),
        ("without scripts an address with a tip opens it, too", a["plainDeep"], True)]
    checks += [("a cell that is empty by declaration says so", "<b>Go</b>: Go has nothing &amp; nobody like it" in page, True),
               ("why Go differs stands beside the claim", "In Go otherwise (since Go 1.23): Go&#39;s &lt;owner&gt; is known" in page, True)]
    checks += [("on paper each tip is a page, with a second chart that is high two, beside the overviews, the tree and the article, the tools, the list and the end",
                pages, 7 + 2 + 5)]
    print(f"1..{len(checks)}")
    for i, (name, got, wanted) in enumerate(checks, 1):
        print(f"{'ok' if got == wanted else 'not ok'} {i} - {name}")
        if got != wanted:
            print(f"# got {got}, wanted {wanted}")
    return any(got != wanted for _, got, wanted in checks)


if __name__ == "__main__":
    sys.exit(main())
