// SPDX-License-Identifier: MIT
// Which machine a tick is, where one machine stands in all rows, and filters.  Without this script the
// page says the same.
(() => {
    "use strict";
    const WORDS = { t: "true", m: "myth", d: "depends", u: "undecided", "-": "nothing said" };
    const rows = [...document.querySelectorAll("tr.saying")], form = document.querySelector(".filters");
    const readout = document.querySelector(".readout"), said = new Map(rows.map(r => [r, r.textContent.toLowerCase()]));
    let at = 0;

    const label = (row, i) => WORDS[row.dataset.labels[i]];

    function tell(row, i) {
        const [name, kind, grey] = machines[i];
        at = i;
        readout.textContent = `${name}: ${label(row, i)} · ${row.dataset.tip} · ${kind}${grey ? " · its control failed" : ""}`;
    }

    function pointed(e) {
        const row = e.target.closest("tr.saying"), svg = row?.querySelector(".ticks");
        if (!svg || !e.target.closest(".strip"))
            return;
        const box = svg.getBoundingClientRect(), i = Math.floor((e.clientX - box.left) / box.width * machines.length);
        if (i >= 0 && i < machines.length)
            tell(row, i);
    }

    /* A line through the place of a machine, and what it says otherwise than most. */
    function mark(name) {
        document.querySelectorAll(".mark").forEach(m => m.remove());
        const i = machines.findIndex(m => m[0] == name);
        if (i < 0) {
            readout.textContent = name ? `There is no machine ${name} here.` : "";
            return;
        }
        let other = 0;
        for (const row of rows) {
            const svg = row.querySelector(".ticks"), line = document.createElement("span");
            line.className = "mark";
            line.style.left = svg.offsetLeft + svg.getBoundingClientRect().width * (i + 0.5) / machines.length + "px";
            svg.parentElement.append(line);
            const count = {};
            for (const c of row.dataset.labels)
                count[c] = (count[c] ?? 0) + 1;
            other += count[row.dataset.labels[i]] < Math.max(...Object.values(count));
        }
        const failed = machines[i][2] ? " · its control failed" : "";
        readout.textContent = `${name}: ${machines[i][1]}${failed} · ${other} of ${rows.length} labels are not those of most machines`;
    }

    function show() {
        const kinds = [...form.querySelectorAll("[name=kind]:checked")].map(i => i.value), words = form.words.value.trim().toLowerCase();
        for (const row of rows)
            row.hidden = (kinds.length && !kinds.includes(row.dataset.kind)) || (words && !said.get(row).includes(words));
        const n = rows.filter(r => !r.hidden).length;
        form.querySelector(".shown").textContent = n == rows.length ? `${n} sayings` : `${n} of ${rows.length} sayings`;
    }

    for (const row of rows) {
        const strip = row.querySelector(".strip");
        strip.tabIndex = 0;
        strip.setAttribute("aria-label", `${row.dataset.tip}, machine by machine`);
        strip.addEventListener("keydown", e => {
            const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
            if (!step)
                return;
            tell(row, Math.min(Math.max(at + step, 0), machines.length - 1));
            e.preventDefault();
        });
    }
    document.querySelector("table.fleet").addEventListener("pointermove", pointed);
    document.querySelector("table.fleet").addEventListener("click", pointed);
    document.getElementById("names").append(...machines.map(([name]) => Object.assign(document.createElement("option"), { value: name })));
    form.machine.addEventListener("change", () => mark(form.machine.value.trim()));
    form.addEventListener("input", show);
    form.addEventListener("submit", e => e.preventDefault());
    form.hidden = false;
    show();
})();
