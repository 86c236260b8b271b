# SPDX-License-Identifier: MIT
"""svg.py - from what gnuplot writes to a small picture that stands on its own.

gnuplot's SVG is called "Gnuplot", wraps each stroke in a group of five attributes,
and defines markers whose ids clash when two pictures share a page.  read() takes
the strokes, marks and texts out of it; write() writes them again: a title, a
description for those who cannot see it, no ids but those two, a fifth of the size.
The copy inside the report has the page's colours in place of its own, so that dark
mode reaches it.

Only what the scripts beside this file make gnuplot write is understood; anything
else stops with its name rather than being lost."""

import re
import xml.etree.ElementTree as ElementTree
from html import escape

# What a colour of style.gp is called in the report's style sheet.
ROLES = {"#1d2329": "ink", "#5a6470": "muted", "#9aa3ad": "axis", "#e6e9ed": "grid",
         "#e9edf1": "band", "#ffffff": "paper", "#e07b1a": "bad", "#14568f": "good",
         "#a34a00": "bad-text", "#14568e": "good-text"}

# gnuplot's markers: how each is drawn around a point, for a radius of r.  A disc and
# a square are the ends of a line of no length, so that many of them are one path.
MARKS = {"gpPt4": "square", "gpPt5": "ring", "gpPt6": "disc", "gpPt8": "up",
         "gpPt11": "open kite", "gpPt12": "kite"}


def colour(text, current="#000000"):
    """ "rgb(224, 123,  26)" and the like as "#e07b1a"."""
    if text.startswith("rgb("):
        return "#" + "".join(f"{int(v):02x}" for v in text[4:-1].split(","))
    return {"black": "#000000", "currentColor": current}.get(text, text).lower()


def short(v):
    return f"{v:.1f}".removesuffix(".0")


def tag(e):
    return e.tag.rpartition("}")[2]


def place(e):
    """(x, y, scale) of a transform."""
    said = re.match(r"translate\(([-\d.]+),([-\d.]+)\)(?: scale\(([\d.]+)\))?", e.get("transform"))
    return float(said[1]), float(said[2]), float(said[3] or 1)


def read_text(group):
    x, y, _ = place(group)
    words = "".join(group[0].itertext()).strip()
    return words and ("text", x, y, colour(group.get("fill")), float(group.get("font-size")),
                      "Bold" in group.get("font-family"), group.get("text-anchor"), words)


def read_path(e, style):
    d = re.sub(r"(M[-\d.,]+\s*)+(?=M|$)", lambda m: m[1] if m.end() < len(m.string) else "",
               e.get("d").strip() + " ").strip()
    d = re.sub(r"-?\d+\.\d+", lambda m: short(float(m[0])), d)
    d = re.sub(r" ?L", "L", re.sub(r"\s*M\s*", "M", d)).strip()
    if "L" not in d:
        return None
    return ("path", d, colour(e.get("stroke", "currentColor"), style["color"]),
            float(style["stroke-width"]), e.get("stroke-dasharray", ""))


def read_mark(e):
    kind = e.get("{http://www.w3.org/1999/xlink}href")[1:]
    if kind not in MARKS:
        raise ValueError(f"svg: no marker for gnuplot's {kind}")
    x, y, r = place(e)
    return ("mark", MARKS[kind], r, colour(e.get("color")), [(x, y)])


def read(text):
    """(width, height, things): what is drawn, from the back to the front."""
    root = ElementTree.fromstring(text.encode())
    things = []

    def walk(e, style):
        kind = tag(e)
        if kind == "g" and e.get("transform"):
            if len(e):
                things.append(read_text(e))
            return
        if kind == "path":
            things.append(read_path(e, style))
        elif kind == "use":
            things.append(read_mark(e))
        elif kind in ("polygon", "rect"):
            points = e.get("points") or "0,0 {0},0 {0},{1} 0,{1}".format(e.get("width"), e.get("height"))
            things.append(("area", points.strip(), colour(e.get("fill"))))
        elif kind not in ("svg", "g", "title", "desc", "defs"):
            raise ValueError(f"svg: gnuplot wrote a <{kind}>")
        if kind in ("svg", "g"):
            inner = {**style, **{k: v for k, v in e.attrib.items() if k in style}}
            for child in e:
                walk(child, inner)

    walk(root, {"color": "black", "stroke-width": "1"})
    return int(root.get("width")), int(root.get("height")), join(filter(None, things))


def join(things):
    """Marks of one kind that follow each other, as one."""
    joined = []
    for t in things:
        if t[0] == "mark" and joined and joined[-1][:4] == t[:4]:
            joined[-1][4].extend(t[4])
        else:
            joined.append(t)
    return joined


def draw_mark(kind, r, ink, points):
    if kind in ("disc", "square"):
        cap = "round" if kind == "disc" else "square"
        d = "".join(f"M{short(x)} {short(y)}h.01" for x, y in points)
        return f'<path d="{d}" fill="none" stroke="{ink}" stroke-width="{2 * r:.1f}" stroke-linecap="{cap}"/>'
    if kind == "ring":
        return "".join(f'<circle cx="{short(x)}" cy="{short(y)}" r="{r:.1f}" fill="none" '
                       f'stroke="{ink}" stroke-width="1.6"/>' for x, y in points)
    shape = {"up": "m0-{0}l-{0} {1}h{2}z", "kite": "m0-{3}l{3} {3}l-{3} {3}l-{3}-{3}z",
             "open kite": "m0-{3}l{3} {3}l-{3} {3}l-{3}-{3}z"}[kind]
    shape = shape.format(short(1.33 * r), short(2 * r), short(2.66 * r), short(1.3 * r))
    d = "".join(f"M{short(x)} {short(y)}{shape}" for x, y in points)
    paint = f'fill="none" stroke="{ink}" stroke-width="1.6"' if kind == "open kite" else f'fill="{ink}"'
    return f'<path d="{d}" {paint}/>'


def draw(thing):
    what, *given = thing
    if what == "mark":
        return draw_mark(*given)
    if what == "area":
        return '<polygon points="{}" fill="{}"/>'.format(*given)
    if what == "path":
        d, ink, weight, dash = given
        more = f' stroke-dasharray="{dash}"' if dash else ""
        return f'<path d="{d}" fill="none" stroke="{ink}" stroke-width="{short(weight)}"{more}/>'
    x, y, ink, size, bold, anchor, words = given
    more = ' font-weight="bold"' if bold else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}" fill="{ink}"{more}>'
            f"{escape(words, quote=False)}</text>")


def write(picture, name, title, description):
    """name: unique among the pictures of a page."""
    w, h, things = picture
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
             f'viewBox="0 0 {w} {h}" font-family="sans-serif" role="img" '
             f'aria-labelledby="{name}-title {name}-desc">',
             f'<title id="{name}-title">{escape(title, quote=False)}</title>',
             f'<desc id="{name}-desc">{escape(description, quote=False)}</desc>']
    return "\n".join(lines + [draw(thing) for thing in things] + ["</svg>\n"])


def for_page(text, links=None, below=0):
    """The picture as part of the report: colours and font are the page's, texts that
    name something on the page ({text: address}) lead there, and what stands higher
    than `below`, a title that the page has too, is left out."""
    text = re.sub(r'"(#[0-9a-f]{6})"', lambda m: f'"var(--{ROLES[m[1]]})"' if m[1] in ROLES else m[0], text)
    text = re.sub(r'<svg xmlns="[^"]*" width="\d+" height="\d+"', "<svg", text)
    text = text.replace(' font-family="sans-serif"', "", 1)
    if below:
        text = re.sub(r'<text [^>]*? y="([\d.]+)".*\n', lambda m: m[0] * (float(m[1]) > below), text)
        text = re.sub(r'viewBox="0 0 (\d+) (\d+)"',
                      lambda m: f'viewBox="0 {below} {m[1]} {int(m[2]) - below}"', text)
    for words, to in (links or {}).items():
        text = re.sub(rf"<text [^>]*>{re.escape(escape(words, quote=False))}</text>",
                      lambda m: f'<a href="{to}">{m[0]}</a>', text)
    return re.sub(r'<polygon [^>]*fill="var\(--paper\)"/>\n', "", text, count=1)
