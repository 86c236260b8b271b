#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""predict.py TIP - what the whole class predicts of a tip, beside what was found.

    predict.py TIP                       a page for the class, until Ctrl-C; then the chart
    predict.py TIP --from FOLDER         the answers from files: FOLDER/<student>.json or FOLDER/<student>/predictions.json
    predict.py TIP --show                the chart once more, of a newer run

The page is served on this machine alone unless --address opens it.  It needs no script, and sends
back nothing that a student typed; names stand in the box and in the .csv only.  What is sent is
small and is taken from so many at a time; a box holds a thousand students.

    results/class/<family>-<tip>.jsonl   the answers (ballots.py)
    results/class/<family>-<tip>.csv     a row a student
    results/class/<family>-<tip>.svg     the chart"""

import argparse
import csv
import html
import io
import json
import os
import signal
import sys
import urllib.parse
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1] / "plots"), str(HERE.parents[1] / "bench/python"), str(HERE.parent / "grader"), str(HERE.parents[1] / "bench/serve")]

import ballots
import broken_pipe
import class_server
from chart import NARROW, WIDE, draw, need_programs
from draw_believed import believed
from run import ROOT, Run, Trouble, words
from words import plural

MOST_BYTES = 4096   # of an answer
STYLE = """body{font:18px/1.5 system-ui,sans-serif;max-width:36em;margin:0 auto;padding:16px;color:#1d2329;background:#fff}
fieldset{border:1px solid #9aa3ad;border-radius:6px;margin:0 0 12px}legend{font-weight:600}label{display:inline-block;padding:6px 14px 6px 0}
blockquote{font-style:italic;margin:0 0 16px}input[type=text],button{font:inherit;padding:8px}button{font-weight:700}"""
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>{title}</title><style>{style}</style>
<h1>{title}</h1>
{body}
</html>
"""


# --- the page

def form(tip):
    ask = [f"<blockquote>“{html.escape(tip['folklore'])}”</blockquote>", '<form method="post" accept-charset="utf-8">',
           f'<p><label>Your name, or a name that you make up and keep<br><input type="text" name="student" required maxlength="{ballots.LONGEST_NAME}"'
           ' autocomplete="off"></label></p>']
    for key, text, answers in ballots.questions(tip):
        radios = "".join(f'<label><input type="radio" name="{key}" value="{a}"> {a}</label>' for a in answers)
        ask.append(f"<fieldset><legend>{html.escape(text)}</legend>{radios}</fieldset>")
    return "\n".join([*ask, "<p><button>Predict</button></p></form>"])


BACK = "<p><a href='/'>Back</a></p>"
NOTED = {"/noted": "<p>Noted. If you change your mind, answer again under the same name: the newest counts.</p>" + BACK,
         "/noted-again": "<p>Noted, in the place of an earlier answer under this name. If that was not yours, two of you have one name:"
                         " tell the teacher, and answer again under another.</p>" + BACK}


class Page(class_server.Handler):
    """GET / asks, POST / answers.  The server has the box and the tip."""

    def say(self, status, title, body, **headers):
        self.answer(status, PAGE.format(title=html.escape(title), style=STYLE, body=body).encode(), **headers)

    def do_GET(self):
        if self.path == "/":
            self.say(200, self.server.tip["title"], form(self.server.tip))
        elif self.path in NOTED:
            self.say(200, "Noted", NOTED[self.path])
        else:
            self.say(404, "There is nothing here", "<p><a href='/'>The questions</a></p>")

    def do_POST(self):
        body = self.body(MOST_BYTES)
        if body is None:
            return self.say(413, "That is too much", "<p>An answer is short.</p>")
        try:
            given = dict(urllib.parse.parse_qsl(body.decode("latin-1"), max_num_fields=64, encoding="utf-8" if is_utf8(body) else "latin-1"))
            again = self.server.box.put(given.pop("student", ""), given)
        except (ballots.Refused, ValueError) as e:
            why = str(e) if isinstance(e, ballots.Refused) else "that is no form"
            return self.say(400, "Not noted", f"<p>{html.escape(why)}.</p>{BACK}")
        except OSError:
            return self.say(503, "Not noted", "<p>It could not be written down; tell the teacher.</p>")
        self.server.told()
        at = "/noted-again" if again else "/noted"
        self.say(303, "Noted", NOTED[at], Location=at)


def is_utf8(body):
    """Is what its %-escapes stand for UTF-8?"""
    try:
        urllib.parse.unquote_to_bytes(body).decode()
        return True
    except UnicodeDecodeError:
        return False


class Server(class_server.Server):
    def __init__(self, address, port, tip, box):
        self.tip, self.box = tip, box
        super().__init__(address, port, Page)

    def told(self):
        print(f"{plural(len(self.box.of), 'answer')}", end="\r" if sys.stdout.isatty() else "\n", flush=True)


def serve(args, tip, box):
    server = Server(args.address, args.port, tip, box)
    print(f"{tip['name']}: {server.url()}   (Ctrl-C ends it, and draws)", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    server.server_close()


# --- answers in files

def flat(said):
    """{"tasks": ["grows", "flat"], "time": "slower"} as the page's answers: what lab.predict() takes."""
    given = {}
    for column, answer in said.items():
        if isinstance(answer, str):
            given[column] = answer
        else:
            given |= {f"{column}.{twin}": a for twin, a in zip(("bad", "good"), answer)}
    return {k: "" if a == "?" else a for k, a in given.items()}


def one_file(path, tip, box):
    """Kept; else why not."""
    student = os.fsencode(path.parent.name if path.name == "predictions.json" else path.stem)
    student = student.decode("utf-8" if is_utf8(student) else "latin-1")
    try:
        if path.is_symlink() or path.stat().st_size > 16 * MOST_BYTES:
            return "it is a link, or too large"
        said = json.loads(path.read_bytes())
        box.put(student, flat(said.get(tip["name"], {})))
    except (ValueError, AttributeError, TypeError):
        return "it is no JSON of predictions"
    except (OSError, ballots.Refused) as e:
        return e.strerror if isinstance(e, OSError) else str(e)


def from_files(folder, tip, box):
    from classroom import printable

    if not folder.is_dir():
        raise Trouble(f"there is no folder {printable(str(folder))}")
    files = sorted([*folder.glob("*.json"), *folder.glob("*/predictions.json")], key=os.fsencode)
    for path in files:
        if why := one_file(path, tip, box):
            print(f"twinbench: {printable(str(path))}: {why}", file=sys.stderr)
    if not files:
        raise Trouble(f"{printable(str(folder))} has no <student>.json and no <student>/predictions.json")


# --- what came of it

def write_rows(path, tip, box):
    """A row a student, safe for a spreadsheet."""
    from classroom import cell

    keys = [key for key, _, _ in ballots.questions(tip)]
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(["student", *keys])
    sheet.writerows([cell(name), *(said.get(k, "") for k in keys)] for name, said in sorted(box.of.items()))
    beside = path.with_name(path.name + ".new")
    beside.write_text(text.getvalue(), "utf-8")
    os.replace(beside, path)


def show(args, tip, box):
    """The chart, and the same on the terminal."""
    there, found, source = None, {}, "Nothing was measured here yet."
    if (args.run / "samples.csv").exists():
        run = Run(args.run, args.words)
        there = next((t for t in run.tips if t.name == tip["name"]), None)
        found, source = ballots.found(there, run.margin) if there else {}, run.source
    if not there:
        print(f"twinbench: {tip['name']} is not in {args.run}, so the chart shows what was believed alone; "
              f"`make bench QUICK=1 TIP={tip['name']}` measures it", file=sys.stderr)
    asked, counts = ballots.questions(tip), box.counts()
    for key, text, answers in asked:
        said = counts.get(key, {})
        print(f"  {text:34}", "  ".join(f"{a} {said.get(a, 0)}{' <- found' * (found.get(key) == a)}" for a in answers))
    for width in (WIDE, NARROW):
        draw(believed(box.path.stem, tip["title"], asked, counts, found, source, width), args.out)
    write_rows(box.path.with_suffix(".csv"), tip, box)
    print(f"{plural(len(box.of), 'answer')}: {args.out / box.path.stem}.svg, .png and .csv")


def predict(args):
    need_programs()
    tip = next((t for t in words(args.words)["tips"] if t["name"] == args.tip), None)
    if not tip:
        raise Trouble(f"there is no tip {args.tip!a}; `build/twinbench list --names` has them all")
    box = ballots.Box(args.out / (args.tip.replace("/", "-") + ".jsonl"), tip)
    if args.folder:
        from_files(args.folder, tip, box)
    elif not args.show:
        serve(args, tip, box)
    if not box.of:
        raise Trouble(f"nobody has answered; {box.path} is empty")
    show(args, tip, box)


def main():
    parser = argparse.ArgumentParser(description="What a class predicts of a tip, beside what was found.")
    parser.add_argument("tip")
    parser.add_argument("--from", dest="folder", type=Path, metavar="FOLDER", help="the answers from files")
    parser.add_argument("--show", action="store_true", help="the chart once more")
    parser.add_argument("--address", default="127.0.0.1", help="0.0.0.0 lets the class in (127.0.0.1)")
    parser.add_argument("--port", type=class_server.port_of, default=0)
    parser.add_argument("--run", type=Path, default=Path("results/latest"), help="what was found")
    parser.add_argument("--words", type=Path, default=ROOT / "build/twinbench", help="the twinbench to ask, or a .json of its answer")
    parser.add_argument("--out", type=Path, default=Path("results/class"))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # whatever the terminal can show
    try:
        predict(parser.parse_args())
    except (Trouble, ballots.Refused) as e:
        sys.exit(f"twinbench: predict: {e}")
    except OSError as e:
        sys.exit(f"twinbench: predict: {e.filename or ''}: {e.strerror}")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
