#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ends.t - what must not be done with one end of a channel does not compile.

Half of channels/both-ends-everywhere is a claim about the compiler, so it is tested with the
compiler: the good twin as it stands, then with the bad twin's line in it.

Each function is one test; its name is the sentence that is true when it passes."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap
TIP = ROOT / "patterns/channels/both-ends-everywhere"


def cc(text):
    """Compile a C file that could stand in the tip's folder: the compiler's complaints, or ''."""
    said = subprocess.run(["gcc", "-std=gnu17", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
                           "-Wno-missing-field-initializers", "-D_GNU_SOURCE", "-DTHIS=ends",
                           f"-iquote{TIP}", f"-iquote{ROOT}/runtime", f"-iquote{ROOT}/patterns",
                           "-x", "c", "-"],
                          input=text, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    return said.stderr if said.returncode else ""


def go(text):
    """The same for a Go file beside the tip's scene."""
    if not shutil.which("go"):
        raise tap.Skip("no Go toolchain here (Debian: apt-get install golang-go)")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "twin.go").write_text(text)
        Path(folder, "go.mod").write_text("module twin\n\ngo 1.19\n")
        Path(folder, "rest.go").write_text(
            "package main\n\ntype params struct{}\ntype sample map[string]int64\n\n"
            "func main() { op(&scene{}, 0) }\n")
        shutil.copy(TIP / "scene.go", folder)
        said = subprocess.run(["go", "build", "-o", os.devnull, "."], cwd=folder, capture_output=True,
                              text=True, env={"HOME": folder, "GOFLAGS": "-mod=mod", **os.environ})
        return said.stderr if said.returncode else ""


def twin(name):
    return (TIP / name).read_text()


def with_line(text, line):
    """The twin with one more line before its helper returns."""
    changed = re.sub(r"^(\s*)(return sum;?)$", rf"\1{line}\n\1\2", text, count=1, flags=re.M)
    assert changed != text, "the twin's helper does not end in `return sum` any more"
    return changed


def refused(complaint, *words):
    assert complaint, "the compiler took it"
    for word in words:
        assert re.search(word, complaint), f"no {word!r} in:\n{complaint}"


def the_good_twin_compiles():
    complaint = cc(twin("good.c"))
    assert not complaint, complaint


def the_bad_twin_compiles_too():
    complaint = cc(twin("bad.c"))
    assert not complaint, complaint


def a_receiving_end_cannot_be_closed():
    refused(cc(with_line(twin("good.c"), "chan_close(prices);")),
            "incompatible type for argument 1 of .chan_close.")


def a_receiving_end_cannot_be_closed_as_a_sending_one():
    refused(cc(with_line(twin("good.c"), "tx_close(prices);")), "conversion to non-scalar type")


def a_receiving_end_cannot_be_sent_to():
    refused(cc(with_line(twin("good.c"), "tx_send(prices, &sum);")), "conversion to non-scalar type")


def a_sending_end_cannot_be_received_from():
    text = twin("good.c").replace("struct chan_rx", "struct chan_tx")
    refused(cc(text), "conversion to non-scalar type")


def a_sending_end_can_be_sent_to_and_closed():
    complaint = cc('#include "scene.h"\nvoid ends(struct chan_tx c, int v);\n'
                   "void ends(struct chan_tx c, int v) { tx_send(c, &v); tx_close(c); }\n")
    assert not complaint, complaint


def the_good_go_twin_compiles():
    complaint = go(twin("good.go"))
    assert not complaint, complaint


def a_receiving_end_cannot_be_closed_in_go():
    refused(go(with_line(twin("good.go"), "close(prices)")), "receive-only")


def a_receiving_end_cannot_be_sent_to_in_go():
    refused(go(with_line(twin("good.go"), "prices <- sum")), "receive-only")


sys.exit(tap.run(tap.tests_of(globals())))
