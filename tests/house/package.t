#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""package.t - what debian/ repeats is what the tree says, and the name is nobody else's."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT


def field(name):
    """A field of debian/control as a list."""
    (text,) = re.findall(rf"^{name}:((?:.*\n)(?: .*\n)*)", (ROOT / "debian/control").read_text(), re.M)
    return [w.strip() for w in text.split(",")]


def needs(name):
    """A DEPS_ list of the Makefile; its packages."""
    (text,) = re.findall(rf"^{name} +:= ((?:.*\\\n)*.*)\n", (ROOT / "Makefile").read_text(), re.M)
    return re.findall(r'"[^"]*"|[\w.+-]+', text.replace("\\\n", " "))


def the_package_is_built_with_what_make_installs():
    ours, theirs = set(needs("DEPS_BUILD")) - {"build-essential"}, set(field("Build-Depends"))
    assert len(ours) > 5 and theirs == ours | {"debhelper-compat (= 13)"}, ours ^ theirs


def the_package_draws_with_what_make_installs():
    ours = {n.strip('"').replace("|", " | ") for n in needs("DEPS_BENCH")}
    theirs = set(field("Depends")) | set(field("Recommends"))
    assert len(ours) > 5 and ours <= theirs, ours - theirs


def the_version_is_the_file_version():
    found = re.match(r"twinbench \(([\d.]+)\)", (ROOT / "debian/changelog").read_text())
    assert found and found[1] == (ROOT / "VERSION").read_text().strip(), found


def no_other_package_has_the_name():
    if not shutil.which("apt-cache"):
        raise tap.Skip("no apt-cache")
    known = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True).stdout.split()
    if len(known) < 10000:
        raise tap.Skip("apt has no lists; apt-get update gets them")
    assert "make" in known and not [n for n in known if "twinbench" in n]


sys.exit(tap.run(tap.tests_of(globals())))
