# SPDX-License-Identifier: MIT
"""house.py - what the tests of the house share: which files there are, and a failure that names
each wrong place in a line of its own."""

import os
import re
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = re.compile(r"\.git|\.ipynb_checkpoints|__pycache__|build.*|labs|results")


def files(root, *suffixes):
    """The files below root whose names end so, as paths from there; what is generated is left out.
    There must be some: a test that looks at nothing proves nothing."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not GENERATED.fullmatch(f))
        found += [(Path(folder) / n).relative_to(root) for n in sorted(names) if n.endswith(suffixes)]
    assert found, f"looked at nothing: {root} has no file that ends in {' '.join(suffixes)}"
    return found


def none(wrong):
    """Fails with a line for each of them."""
    wrong = list(wrong)
    assert not wrong, "\n".join([f"{len(wrong)} wrong:", *wrong])


def plant(root, text_of):
    """Files below root with these texts, for the tests of a test."""
    for name, text in text_of.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def planted(check, text_of):
    """What the check says of a tree of these files alone."""
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), text_of)
        return list(check(Path(folder)))


def fails(words, check, *args):
    """The check must fail, and say so in these words."""
    try:
        check(*args)
    except AssertionError as why:
        assert words in str(why), f"failed with {str(why)!r}, not with {words!r}"
    else:
        raise AssertionError(f"passed, but should have said {words!r}")
