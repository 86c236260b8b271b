// SPDX-License-Identifier: MIT
// One slide at a time, as large as the window; N shows what to say.  Without scripts all slides
// stand below each other.
"use strict";
const slides = [...document.querySelectorAll(".slide")];
let at = 0;

function show(n) {
    at = Math.min(Math.max(n, 0), slides.length - 1);
    slides.forEach((s, i) => s.classList.toggle("now", i === at));
    history.replaceState(null, "", "#s" + (at + 1));
}

function fit() {
    const by = Math.min(innerWidth / 1280, innerHeight / 720);
    document.body.style.setProperty("--by", by);
}

const KEYS = {
    ArrowRight: () => show(at + 1), PageDown: () => show(at + 1), " ": () => show(at + 1),
    ArrowLeft: () => show(at - 1), PageUp: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    n: () => document.body.classList.toggle("with-notes"),
};

addEventListener("keydown", e => {
    const act = KEYS[e.key] || KEYS[e.key.toLowerCase()];
    if (!act || e.ctrlKey || e.metaKey || e.altKey)
        return;
    e.preventDefault();
    act();
});
addEventListener("click", e => show(at + (e.clientX < innerWidth / 4 ? -1 : 1)));
addEventListener("resize", fit);
addEventListener("hashchange", () => show(parseInt(location.hash.slice(2)) - 1 || 0));
document.body.classList.add("one");
fit();
show(parseInt(location.hash.slice(2)) - 1 || 0);
