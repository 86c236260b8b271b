# SPDX-License-Identifier: MIT
"""work.py - has the work been done, whichever way it was done?

A twin that does nothing leaves nothing over, and is quick.  That it lacks a timer that good arms says nothing:
a receive with a time limit needs none.  So what is looked at is what the tip is about, its scene: how often each
function of scene.h and tip.c began, what is in struct scene in the end, and what the runtime was asked for
(work_count.c).  Where the bad twin and the good one agree, it is the work; less of it than they do is work left
out.  What they do differently is the lesson, and left to the other gates.  Of a bad twin that does not
come to its end only the text tells something: what good leaves in its scene is the work, and what both texts call.

What both call, though not equally often, is work too, as the one question to a database that good asks and each
request of bad's: where the scene is handed to it, it has to be called half as often as the one does that calls it
less.  Of all that both call, more than half has to be.  And unless bad is said to have more tasks than good, half as
many have to be started.

A limit of time shows in what is waited for.  Who finds everything there, or has one limit for all, has no need of as
many as the twins have; who waits without one more often than either of them has left it out.

A function that does nothing but change one word of the scene need not be called: whoever adds up by himself
and leaves that word as they do has done its work.

A function that sends, receives or starts a task, or makes or shares what is sent, may have been written anew, such as
the body of a task: then at least as much goes through channels, and as many tasks are started, as in the twins.

A function that only makes something of memory, and not for every request, is there for whoever finds nothing to use
again: as a pool's New is.  Who needs none of its things need not call it.

Where time earns points, all this is looked at once more in a series that is longer than a timed process: what is done
with every request of the usual number is done there too (left_out_later).  And once more in just such a process, of
requests that are as large, where nobody waits for what was put off: what is done later than that is not timed.

At each point of the dial, too, a student does with a request what he does in the middle of it, and leaves the scene as
the twins leave it there (left_out_there).

A column that the scene has of its own is made of words that its functions count in.  One that only rises with the
twins may not fall: whoever sets it back has not done it another way.  And where what is turned away and what is
served come to all requests with the twins, they may not come to more.

And nobody may panic more often than good does, though somebody recovers it, or end with more locks held: that one lies
in the frame of a request, where nobody else wants it, does not make it right."""

import os
import re
import shutil
import signal
import subprocess
import threading
from dataclasses import dataclass, field

import build
import vet
from fence import NotNow

MOST_EVIDENCE = 1 << 20
TRIES = 3
SERIES = "count", "time"
BATCHES = 5  # of requests, in a timed process


@dataclass
class Done:
    """calls: {name: how often}; words: {index: value}; lowered: {index: how often it fell}; keeps: {name: index of the one word it is there for};
    asked: {what: how often}; stood: {what: how many there were before the first request}; anew: the names of functions that may be written anew; makers: of those that only make
    something of memory."""
    calls: dict
    words: dict
    keeps: dict
    asked: dict
    stood: dict
    anew: set
    makers: set
    lowered: dict = field(default_factory=dict)
    panics: int = 0
    requests: int = 0
    held: int = 0


@dataclass
class Twins:
    """What is known of ours.  bad is None where it does not come to its end; common: the names of what both call, or
    may call, callers last; handed: of those that have the scene for an argument; tasks: how many have to be started;
    made: the object of the bad one; measured: indices of the words that a column of the scene's own is made of;
    locks: of those that are a lock's state."""
    bad: Done
    goods: list
    common: list
    handed: set
    tasks: int
    made: object
    measured: list
    locks: set

    def all(self):
        return [*self.goods, *([self.bad] if self.bad else [])]


MAKES = set("malloc calloc free chan_make chan_ref chan_drop ctx_ref ctx_drop task_panic".split())
MEMORY = set("malloc calloc aligned_alloc heap_alloc task_panic".split())
ASKED = PASSED, STARTED, LIMITED, UNLIMITED = range(4)  # keys of `asked`, as in work_count.c's enum
STOOD = "tasks", "timers", "contexts", "channels"  # by their keys in `stood`
LOCKS = set("mutex rwmutex cond lock wait_queue".split())  # structs, of runtime/sync.h and what they are made of
HANDFUL = 4  # that a set-up may make more than good's does


def functions(program):
    """{offset: name} of the program's functions."""
    elf = vet.open_object(program.read_bytes())
    table = elf.get_section_by_name(".symtab")
    return {s["st_value"]: s.name for s in table.iter_symbols() if s["st_info"]["type"] == "STT_FUNC"}


def uses(made):
    """{function of an object: what it calls, or looks at, outside of it}."""
    elf = vet.open_object(made.read_bytes())
    table = elf.get_section_by_name(".symtab")
    owners = [(s["st_shndx"], s["st_value"], s["st_value"] + s["st_size"], s.name.split(".")[0])
              for s in table.iter_symbols() if s["st_info"]["type"] == "STT_FUNC"]
    found = {name: set() for where, *_, name in owners if where != "SHN_UNDEF"}
    for section in elf.iter_sections():
        for r in section.iter_relocations() if section["sh_type"] == "SHT_RELA" else ():
            to = table.get_symbol(r["r_info_sym"])
            if to["st_shndx"] == "SHN_UNDEF" and to.name and not to.name.startswith("__cyg_profile_func_"):
                for where, begin, end, name in owners:
                    if where == section["sh_info"] and begin <= r["r_offset"] < end:
                        found[name].add(to.name)
    return found


def may_be_anew(found):
    """The names of those that send, receive or start a task, of those that only make and drop things, and of those that
    share one: who counts what is shared by himself leaves as little over."""
    return {name for name, used in found.items() if used & set(build.PASSES) or used and used <= MAKES or name.endswith("_ref")}


def run(script, tip, seed, seconds=None, *flags, stdout=subprocess.DEVNULL):
    """(how it ended, as Popen.returncode; whether that was for its time; what it said, as much as can be evidence, if
    that is asked for)"""
    words = [str(script), "one", tip, "good", "--seed", str(seed % (1 << 40)), *flags]
    late = []
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL,
                          start_new_session=True) as process:
        def end():
            late.append(True)
            os.killpg(process.pid, signal.SIGKILL)
        watch = threading.Timer(seconds, end) if seconds else None
        if watch:
            watch.start()
        said = process.stdout.read(MOST_EVIDENCE) if process.stdout else b""
        status = process.wait()
        if watch:
            watch.cancel()
    return status, bool(late), said.decode(errors="replace")


def left_tasks(script, tip, seed, seconds):
    """Where the tasks wait that a program leaves over: of the largest group that the twin or its scene has started.
    Empty: its dump names none."""
    said = run(script, tip, seed, seconds, "--dump", stdout=subprocess.PIPE)[2]
    for group in said.rpartition("\ntasks: ")[2].split("\n\n")[1:]:
        state = re.match(r"\d+ \[([^],]+)", group)
        at = re.search(r"\twaits? at \S*?([^/\s]+):(\d+) in ", group)
        born = re.search(r"\tstarted at \S*?((?:student|scene)\.[ch]):(\d+) in ", group)
        if state and born:
            return f"the tasks left: {state[1]}" + (f" in {at[1]} line {at[2]}" if at else "") + \
                f", started in {born[1]} line {born[2]}"
    return ""


def read(script, tip):
    """What the program told, or None if it did not get so far."""
    names = functions(script.parent / f"{script.name}.d" / script.name)
    used = uses(script.parent / f"{script.name}.o")
    everywhere = {**uses(build.BUILD / "grade-work/patterns" / tip / "tip.o"), **used}
    makers = {name for name, what in everywhere.items() if what and what <= MEMORY}
    found, told = Done({}, {}, {}, {}, {}, may_be_anew(used), makers), set()
    with open(f"{script}.evidence", "rb") as f:
        lines = f.read(MOST_EVIDENCE).decode("ascii", "replace").splitlines()
    if not lines or lines[-1] != "end":
        return None
    for line in lines[:-1]:
        kind, *numbers = line.split(" ")
        try:
            numbers = [int(n, 16) for n in numbers]
            if (kind, numbers[0]) in told:
                return None
            told.add((kind, numbers[0]))
            if kind == "call":
                name = names.get(numbers[0], "?").split(".")[0]  # .part.0, .constprop.0
                found.calls[name] = found.calls.get(name, 0) + numbers[1]
                if numbers[2] and used.get(name) == set():
                    found.keeps[name] = numbers[2] - 1
            elif kind in ("panics", "requests", "held"):
                setattr(found, kind, numbers[0])
            elif kind in ("word", "lowered", "asked", "stood") and len(numbers) == 2:
                {"word": found.words, "lowered": found.lowered, "asked": found.asked, "stood": found.stood}[kind][numbers[0]] = numbers[1]
            else:
                return None
        except (ValueError, IndexError):
            return None
    return found if found.asked.keys() == set(ASKED) and found.stood.keys() == set(range(len(STOOD))) else None


def measure(script, tip, seed, seconds=None, *flags):
    """None: it did not come to its end, and not because somebody has killed it.  flags: what is not as usual."""
    for _ in range(TRIES):
        status, late, _ = run(script, tip, seed, seconds, *flags)
        if late or status not in (-signal.SIGKILL, 128 + signal.SIGKILL):
            break
    else:
        raise NotNow(f"{script.name} was killed, {TRIES} times")
    found = read(script, tip) if status == 0 else None
    if not found and shutil.disk_usage(script.parent).free < MOST_EVIDENCE:
        raise NotNow(f"the disk is full where {script.name} tells what it did")
    return found


def series(script, tip, seed, seconds, timed, kind):
    """The same of a long series; timed: how many requests, and in a timed process their size, clients and workers."""
    requests, size, clients, workers = map(str, timed)
    if kind == "count":
        return measure(script, tip, seed, seconds, "--ops", requests)
    found = measure(script, tip, seed, seconds, "--kind", "time", "--ops", str(timed[0] // BATCHES), "--size", size,
                    "--clients", clients, "--workers", workers)
    if found:
        found.requests = timed[0]
    return found


def dies(made, tag):
    """What the object's debugging information has of that kind."""
    for unit in vet.of_file(made).get_dwarf_info().iter_CUs():
        for die in unit.iter_DIEs():
            if die.tag == f"DW_TAG_{tag}":
                yield die


def name_of(die):
    return die.attributes["DW_AT_name"].value.decode() if "DW_AT_name" in die.attributes else ""


def is_scene(die):
    """Is that a pointer to a struct scene?"""
    pointers = 0
    while "DW_AT_type" in die.attributes:
        die = die.get_DIE_from_attribute("DW_AT_type")
        pointers += die.tag == "DW_TAG_pointer_type"
    return pointers == 1 and die.tag == "DW_TAG_structure_type" and name_of(die) == "scene"


def is_handed_the_scene(function):
    return any(d.tag == "DW_TAG_formal_parameter" and is_scene(d) for d in function.iter_children())


def twins(tip, bad, goods, folder):
    """Both have been measured, in that folder."""
    made = folder / "bad-work.o"  # good may be an object without its words (teaching/bundle.py)
    both = set(goods[0].calls) & set(bad.calls if bad else uses(made))
    common = {name_of(f): f for f in dies(made, "subprogram") if name_of(f) in both}  # a callee is written before its caller
    handed = {name for name, f in common.items() if is_handed_the_scene(f)}
    found = Twins(bad, goods, list(common), handed, 0, made, measured(tip, made), locks(made))
    if not build.tells_of_tasks(tip):
        found.tasks = min(t.asked[STARTED] for t in found.all()) // 2
    return found


def shared(twins, locks):
    """What all of these agree about: ({name: calls}, {index: word}), but for words of locks, of which those that are
    held are counted; and what each asks for at least."""
    first, *others = twins
    calls = {n: k for n, k in first.calls.items() if k > 0 and all(o.calls.get(n) == k for o in others)}
    words = {i: w for i, w in first.words.items() if i not in locks and all(o.words.get(i) == w for o in others)}
    least = {what: min(t.asked[what] for t in twins) for what in ASKED}
    return calls, words, least


def is_kept(name, words, twins):
    """What the function does is seen in a word that all of them leave alike."""
    return twins[0].keeps.get(name) in words and len({t.keeps.get(name) for t in twins}) == 1


def need_not(twins, words, least, student):
    """The names of functions that need not be called."""
    good = twins[0]
    asked = [(student.asked[what], least[what]) for what in (PASSED, STARTED)]
    as_much = any(k for _, k in asked) and all(n >= k for n, k in asked)
    return {n for n, k in good.calls.items() if is_kept(n, words, twins) or (n in good.makers and k < good.requests)
            or (as_much and n in good.anew)}


def too_few(ours, student, free):
    """{name: how often at least}: of what both twins call and the student less than half as often; and how much there
    is of that.  Of a bad twin that did not come to its end nobody knows how often: once a request, if good does."""
    good = ours.goods[0]
    least = {n: min(t.calls[n] for t in ours.all()) if ours.bad else min(good.calls[n], good.requests)
             for n in ours.common if n not in free}
    return {n: k for n, k in least.items() if 2 * student.calls.get(n, 0) < k}, len(least)


def member(made, at):
    """What struct scene calls its word at that byte, by the object of a trusted twin."""
    members = [(d.attributes["DW_AT_data_member_location"].value, name_of(d)) for d in members_of(scene_of(made))]
    return max((m for m in members if m[0] <= at), default=(0, "?"))[1]


def scene_of(made):
    """struct scene as the object has it, or None."""
    return next((d for d in dies(made, "structure_type") if name_of(d) == "scene" and d.has_children), None)


def members_of(structure):
    return [d for d in structure.iter_children() if d.tag == "DW_TAG_member"] if structure else []


def resolved(die):
    """The type of a member, without its other names and qualifiers."""
    while die.tag not in ("DW_TAG_structure_type", "DW_TAG_array_type", "DW_TAG_base_type", "DW_TAG_pointer_type") and "DW_AT_type" in die.attributes:
        die = die.get_DIE_from_attribute("DW_AT_type")
    return die


def bytes_of_locks(kind, at=0):
    """The bytes in such a thing that are a lock's, as ranges: who has a lock of his own beside the scene's leaves that
    one as it was."""
    if kind.tag == "DW_TAG_array_type":
        element, size = resolved(kind.get_DIE_from_attribute("DW_AT_type")), size_of(kind.get_DIE_from_attribute("DW_AT_type"))
        for k in range(length(kind) if element.tag == "DW_TAG_structure_type" else 0):
            yield from bytes_of_locks(element, at + k * size)
    elif kind.tag == "DW_TAG_structure_type" and name_of(kind) in LOCKS:
        yield range(at, at + size_of(kind))
    elif kind.tag == "DW_TAG_structure_type":
        for m in members_of(kind):
            yield from bytes_of_locks(resolved(m), at + m.attributes["DW_AT_data_member_location"].value)


def size_of(die):
    kind = resolved(die)
    return kind.attributes["DW_AT_byte_size"].value if "DW_AT_byte_size" in kind.attributes else 0


def length(array):
    """How many elements; none where the end is not known."""
    bounds = [d.attributes["DW_AT_upper_bound"].value for d in array.iter_children() if "DW_AT_upper_bound" in d.attributes]
    return bounds[0] + 1 if len(bounds) == 1 and isinstance(bounds[0], int) else 0


def locks(made):
    """The indices of the words in struct scene that are a lock's."""
    scene = scene_of(made)
    return {at // 8 for r in (bytes_of_locks(scene) if scene else ()) for at in r}


def measured(tip, made):
    """The indices of the numbers in struct scene that the tip's probe reads."""
    probe = re.search(r"^static void probe\(.*?^}", (build.TREE / tip / "tip.c").read_text(), re.M | re.S)
    names = set(re.findall(r"\bs->(\w+)", probe[0] if probe else ""))
    return [m.attributes["DW_AT_data_member_location"].value // 8 for m in members_of(scene_of(made))
            if name_of(m) in names and is_number(m)]


def is_number(die):
    """Is that a number of 64 bits?"""
    return resolved(die).tag == "DW_TAG_base_type" and size_of(die) == 8


def forged(student, ours):
    """The sentence about a word that says something else than what was done; empty: there is none."""
    twins = ours.all()
    for i in ours.measured:
        name = member(ours.made, 8 * i)
        if student.lowered.get(i) and not any(t.lowered.get(i) for t in twins):
            return f"s->{name} was set back {student.lowered[i]:,} times: the scene counts in it, and with good and bad it only rises"
        for function in ours.common:
            sums = {t.calls.get(function, 0) + t.words[i] for t in twins}
            apart = len({t.words[i] for t in twins}) > 1
            if ours.bad and apart and len(sums) == 1 and student.calls.get(function, 0) + student.words.get(i, 0) > 1.05 * max(sums):
                return f"s->{name} is {student.words.get(i, 0):,} in the end, and {function}() is called {student.calls.get(function, 0):,} " \
                    f"times: with good and bad the two come to {max(sums):,}"
    return ""


def made_in_advance(student, goods):
    """The sentence about what a set-up makes so that requests can end it, and what they leave over does not show; empty:
    it does not."""
    for what, name in enumerate(STOOD):
        good = max(o.stood[what] for o in goods)
        if student.stood[what] > good + HANDFUL:
            return f"{student.stood[what]:,} {name} are there before the first request, with good {good:,}: requests can end " \
                "them, and what these leave over would not show"
    return ""


def called(name, student, k, who):
    return f"work is left out: {name}() is called {student.calls.get(name, 0):,} times, by {who} {k:,} times"


def left_out(student, ours):
    """The sentence about what is missing; empty: nothing is."""
    bad, goods = ours.bad, ours.goods
    if not student:
        return "with its calls counted it did not come to its end"
    if student.panics > max(o.panics for o in goods):
        return f"panics {student.panics:,} times, and good {goods[0].panics:,} times: that somebody recovers it does not make it right"
    if student.held > max(o.held for o in goods):
        return f"{student.held:,} locks are still held in the end, by good {goods[0].held:,}: each that is taken is to be given back"
    early = made_in_advance(student, goods) or forged(student, ours)
    if early:
        return early
    if not bad and goods[0].calls and not any(student.calls.get(n) for n in goods[0].calls):
        return "the work is left out: none of the scene's functions is called"
    who = "good and by bad" if bad else "good"
    calls, words, least = shared(ours.all(), ours.locks)
    free = need_not(ours.all(), words, least, student)
    for name, k in sorted(calls.items() if bad else (), key=lambda item: student.calls.get(item[0], 0) / item[1]):
        if student.calls.get(name, 0) < 0.99 * k and name not in free:  # but for what a pool's objects took
            return called(name, student, k, who)
    few, of = too_few(ours, student, free)
    for name, k in reversed(few.items()):
        if name in ours.handed or 2 * len(few) > of:
            return called(name, student, k, "good and by bad at least" if bad else "good at least")
    for i, value in words.items():
        if student.words.get(i) != value:
            return f"work is left out: s->{member(ours.made, 8 * i)} is {student.words.get(i, 0):,} in the end, by {who} {value:,}"
    if student.asked[STARTED] < ours.tasks:
        return f"work is left out: {student.asked[STARTED]:,} tasks are started, by {who} {least[STARTED]:,}"
    if 2 * student.asked[PASSED] < least[PASSED]:
        return f"work is left out: {student.asked[PASSED]:,} sends and receives happen, by {who} {least[PASSED]:,} at least"
    most = max(t.asked[UNLIMITED] for t in ours.all())
    if 2 * student.asked[LIMITED] < least[LIMITED] and student.asked[UNLIMITED] > most:
        return f"work is left out: {student.asked[LIMITED]:,} waits have a limit of time, by {who} {least[LIMITED]:,} at least"
    return ""


def rates(done):
    """{what: how often}."""
    return {**{f"{name}() is called": k for name, k in done.calls.items()}, "channels pass something on": done.asked[PASSED],
            "tasks are started": done.asked[STARTED]}


def done_less(student, there, ours, goods, where):
    """The sentence about what is done there less than half as often as with every request of the usual number."""
    usual, good = rates(ours.goods[0]), rates(goods[0])
    before, now = rates(student), rates(there)
    for what, k in good.items():
        each = min(before.get(what, 0), usual.get(what, 0)) / student.requests
        if each >= 1 and 2 * now.get(what, 0) < min(each * there.requests, k):
            return f"work is left out: {what} {now.get(what, 0):,} times in {where}, by good {k:,} times"
    return ""


def left_out_there(student, there, ours, goods, bad, point):
    """The sentence about what a student leaves out at a point of the dial, and does in the middle of it; empty: nothing.
    goods, bad: at that point; bad is None where it does not come to its end."""
    where = f"{there.requests if there else 0:,} requests at {point}"
    if not there:
        return f"with its calls counted it did not come to its end at {point}"
    early = made_in_advance(there, goods)
    if early:
        return f"{early} ({where})"
    fewer = done_less(student, there, ours, goods, where)
    if fewer:
        return fewer
    middle, here = shared(ours.all(), ours.locks)[1], shared([*goods, *([bad] if bad else [])], ours.locks)[1]
    for i in sorted(middle.keys() & here.keys()):
        if there.words.get(i) != here[i]:
            return f"work is left out: s->{member(ours.made, 8 * i)} is {there.words.get(i, 0):,} in the end of {where}, by good {here[i]:,}"
    return ""


def left_out_later(student, later, ours, goods, kind):
    """The sentence about what a student does with every request, as good does, and leaves out of a long series; empty:
    nothing.  student, ours: in the usual number of requests; later, goods: in the series."""
    where = f"a series of {goods[0].requests:,} requests" + (" that is timed" if kind == "time" else "")
    if not later:
        return f"with its calls counted it did not come to the end of {where}"
    early = "" if kind == "time" else made_in_advance(later, goods)  # where tasks still end, nobody knows
    if early:
        return f"{early} ({where})"
    fewer = done_less(student, later, ours, goods, where)
    if fewer:
        return fewer
    words = shared(ours.all(), ours.locks)[1]
    for i in sorted(words.keys() & shared(goods, ours.locks)[1].keys()):
        there = later.words.get(i, 0)
        # Where time is taken the last of it may be on its way, and a word that is 0 else may count who waits.
        enough = there == goods[0].words[i] or kind == "time" and (words[i] == 0 or 2 * there >= goods[0].words[i])
        if not enough:
            return f"work is left out: s->{member(ours.made, 8 * i)} is {there:,} in the end of {where}, by good {goods[0].words[i]:,}"
    return ""
