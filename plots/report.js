// SPDX-License-Identifier: MIT
// Filters and keys.  Without this script the page shows everything.
// The filter is in the address, "#filter?family=leaks&verdict=refuted", so that a
// filtered page can be sent to somebody.
(() => {
    "use strict";
    const form = document.querySelector(".filters");
    const entries = [...document.querySelectorAll(".entry")];
    const tips = entries.filter(e => e.matches("article"));
    const chosen = name => [...form.querySelectorAll(`[name=${name}]:checked`)].map(i => i.value);
    const fits = (wanted, has) => !wanted.length || has.split(" ").some(h => wanted.includes(h));

    function show() {
        const family = chosen("family"), verdict = chosen("verdict");
        for (const e of entries)
            e.hidden = !(fits(family, e.dataset.family) && fits(verdict, e.dataset.verdict));
        const n = tips.filter(t => !t.hidden).length;
        form.querySelector(".shown").textContent =
            n == tips.length ? `${n} ${n == 1 ? "tip" : "tips"}` : `${n} of ${tips.length} tips`;
    }

    function remember() {
        const p = new URLSearchParams();
        for (const name of ["family", "verdict"])
            chosen(name).forEach(v => p.append(name, v));
        history.replaceState(null, "", p.size ? `#filter?${p}` : "#tips");
        show();
    }

    function clear() {
        form.reset();
        remember();
    }

    function follow() {
        const [where, query] = location.hash.slice(1).split("?");
        if (where == "filter") {
            const p = new URLSearchParams(query);
            for (const i of form.querySelectorAll("input"))
                i.checked = p.getAll(i.name).includes(i.value);
            show();
            document.getElementById("tips").scrollIntoView();
            return;
        }
        const tip = document.getElementById(where);
        if (tip && tip.hidden) {
            form.reset();
            show();
            tip.scrollIntoView();
        }
    }

    function step(by) {
        const seen = tips.filter(t => !t.hidden);
        const tops = seen.map(t => t.getBoundingClientRect().top);
        const to = by > 0 ? seen[tops.findIndex(y => y > 8)] : seen[tops.findLastIndex(y => y < -8)];
        if (!to)
            return;
        history.replaceState(null, "", "#" + to.id);
        to.scrollIntoView();
        to.focus({ preventScroll: true });
    }

    const keys = { j: () => step(1), k: () => step(-1), x: clear,
                   t: () => document.getElementById("tips").scrollIntoView() };
    document.addEventListener("keydown", e => {
        if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches?.("input[type=text]"))
            return;
        keys[e.key]?.();
    });
    form.addEventListener("change", remember);
    form.addEventListener("submit", e => e.preventDefault());
    window.addEventListener("hashchange", follow);
    form.hidden = false;
    document.querySelector(".keys").hidden = false;
    show();
    follow();
})();
