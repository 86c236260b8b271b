# SPDX-License-Identifier: MIT
"""draw_believed.py - what a class predicted of a tip, beside what a run found of it."""

from chart import Chart
from words import capital, plural

HEAD, BAR, GAP = 30, 24, 12  # pixels: a question, an answer, before the next question


def believed(name, title, questions, counts, found, source, width):
    """questions: [(key, text, answers)]; counts: {key: {answer: how many}}; found: {key: answer}, of those that the
    run decided."""
    most = max((sum(said.values()) for said in counts.values()), default=0)
    right = [(text, counts.get(key, {}).get(found[key], 0), sum(counts.get(key, {}).values())) for key, text, _ in questions if key in found]
    lead = "; ".join(f"{text}: {n} of {all_} were right" for text, n, all_ in right) or "nothing of it was found yet"
    chart = Chart(name, "believed", width, title, capital(lead) + ".", ["question", "answer", "y", "share", "count", "found", "said"],
                  above="What the class believed, and what was found", key=[("what was found", "square", "good")],
                  foot=[f"n: {plural(most, 'answer')}. {source}"])
    y, heads = 0, []
    for key, text, answers in questions:
        said = counts.get(key, {})
        heads.append((capital(text), y + HEAD / 2))
        y += HEAD
        for answer in answers:
            share = said.get(answer, 0) / (sum(said.values()) or 1)
            is_it = found.get(key) == answer
            chart.rows.append((text, answer, y + BAR / 2, share, said.get(answer, 0), int(is_it),
                               f"{share:.0%} ({said.get(answer, 0)})" + "  ■ found" * is_it))
            y += BAR
        y += GAP
    chart.arrays("heads", ("head_text", "head_y"), heads)
    chart.given["body"] = y
    return chart
