# SPDX-License-Identifier: MIT
"""terminal.py - words for a terminal that may not be able to show them.

A terminal in Latin-1 has no arrow, one in ASCII no micro sign.  What it lacks is spelled with
what it has; nothing is an error."""

import codecs
import locale
import sys

SPELLED = {"×": "x", "→": "->", "←": "<-", "µ": "u", "’": "'", "‘": "'", "–": "-", "−": "-", "·": "-", "⋯": "...",
           "●": "*", "◆": "+", "■": "#", "□": ".", "✓": "(right)",
           "✗": "(wrong)"}


def spell(error):
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELLED.get(c, "?") for c in error.object[error.start:error.end]), error.end


codecs.register_error("spell", spell)


def speak():
    """From now on print() says everything in the encoding of the terminal's locale, whatever Python takes
    for the files that it reads."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding=locale.getencoding(), errors="spell")
