// SPDX-License-Identifier: MIT
// Search, filters, sorting, keys.  Without this script the page is a plain list.
// The filter is in the address, "#filter?family=leaks&label=myth", so that a filtered page
// can be sent to somebody.
(() => {
    "use strict";
    const form = document.querySelector(".filters"), index = document.querySelector(".index");
    const rows = [...index.tBodies[0].rows];
    const tips = [...document.querySelectorAll("details.tip")];
    const article = tip => tip.querySelector("article");
    /* What a tip says, without its links to others. */
    const said = new Map(tips.map(tip => [tip, [tip.querySelector("summary"), ...article(tip).children]
        .filter(e => !e.matches(".around")).map(e => e.textContent).join(" ").toLowerCase()]));
    const chosen = name => [...form.querySelectorAll(`[name=${name}]:checked`)].map(i => i.value);
    const fits = (wanted, has) => !wanted.length || wanted.includes(has);

    function show() {
        const family = chosen("family"), label = chosen("label"), words = form.words.value.trim().toLowerCase();
        for (const tip of tips) {
            tip.hidden = !(fits(family, tip.dataset.family) && fits(label, tip.dataset.label) && (!words || said.get(tip).includes(words)));
            rows.find(r => r.dataset.tip == article(tip).id).hidden = tip.hidden;
        }
        const n = tips.filter(t => !t.hidden).length;
        form.querySelector(".shown").textContent =
            n == tips.length ? `${n} ${n == 1 ? "tip" : "tips"}` : `${n} of ${tips.length} tips`;
    }

    function remember() {
        const p = new URLSearchParams();
        for (const name of ["family", "label"])
            chosen(name).forEach(v => p.append(name, v));
        if (form.words.value.trim())
            p.append("words", form.words.value.trim());
        history.replaceState(null, "", p.size ? `#filter?${p}` : "#tips");
        show();
    }

    function clear() {
        form.reset();
        remember();
    }

    function openTip(tip) {
        tip.open = true;
        tip.scrollIntoView();
        article(tip).focus({ preventScroll: true });
    }

    function follow() {
        const [where, query] = location.hash.slice(1).split("?");
        if (where == "filter") {
            const p = new URLSearchParams(query);
            for (const i of form.querySelectorAll("[type=checkbox]"))
                i.checked = p.getAll(i.name).includes(i.value);
            form.words.value = p.get("words") ?? "";
            show();
            document.getElementById("tips").scrollIntoView();
            return;
        }
        const tip = tips.find(t => article(t).id == where);
        if (tip?.hidden) {
            form.reset();
            show();
        }
        if (tip)
            openTip(tip);
    }

    function step(by) {
        const seen = tips.filter(t => !t.hidden);
        const at = seen.findIndex(t => article(t).id == location.hash.slice(1));
        const to = seen[at < 0 ? (by > 0 ? 0 : -1) : at + by];
        if (!to)
            return;
        history.replaceState(null, "", "#" + article(to).id);
        openTip(to);
    }

    /* The first press of a column's name sorts it one way, the next the other. */
    function sort(th) {
        const by = th.dataset.by, down = th.ariaSort ? th.ariaSort == "ascending" : by == "size";
        const value = r => by == "name" ? r.dataset.name : +r.dataset[by];
        const order = (a, b) => value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0;
        for (const other of index.tHead.rows[0].cells)
            other.ariaSort = null;
        th.ariaSort = down ? "descending" : "ascending";
        index.tBodies[0].append(...rows.sort((a, b) => down ? order(b, a) : order(a, b)));
    }

    for (const th of index.querySelectorAll("th[data-by]")) {
        const button = document.createElement("button");
        button.append(...th.childNodes);
        button.addEventListener("click", () => sort(th));
        th.append(button);
    }
    const keys = { j: () => step(1), k: () => step(-1), x: clear,
                   t: () => document.getElementById("tips").scrollIntoView() };
    document.addEventListener("keydown", e => {
        if (!e.ctrlKey && !e.metaKey && !e.altKey && !e.target.matches?.("input[type=search]"))
            keys[e.key]?.();
    });
    form.addEventListener("change", remember);
    form.words.addEventListener("input", remember);
    form.addEventListener("submit", e => e.preventDefault());
    window.addEventListener("hashchange", follow);
    /* A link to the tip that the address already names changes no address. */
    document.addEventListener("click", e => {
        if (e.target.closest?.("a")?.hash == location.hash && location.hash)
            follow();
    });
    window.addEventListener("beforeprint", () => tips.forEach(t => t.open = true));
    form.hidden = false;
    document.querySelector(".keys").hidden = false;
    show();
    follow();
})();
