// The viewer of the screen page: where a number comes from, search, tables to the clipboard.
// It runs on the data embedded in the page alone; without it the page reads as before.
"use strict";
(() => {
  const store = document.getElementById("trace-data");
  const main = document.getElementById("main");
  const data = store ? JSON.parse(store.textContent) : null;
  if (!data || data.format !== 1 || !main) return;

  const SHOWN = 8; // entries of a list before "more"
  const FOUND = 40; // results of a search
  const WAIT = 250; // milliseconds the pointer rests before the panel comes

  // ------------------------------------------------------------ the calculation

  const keys = [];
  for (let i = 0, last = ""; i < data.keys.length; i += 2) {
    last = last.slice(0, data.keys[i]) + data.keys[i + 1];
    keys.push(last);
  }
  const numberOf = new Map(keys.map((key, i) => [key, i]));
  const printed = new Set(data.printed);
  const parentsOf = (i) => data.values[i][3] || [];
  const unitOf = (i) => data.units[data.values[i][1] || 0];
  const placeOf = (i) => data.values[i][5] || [];

  let children = null;
  function childrenOf(i) {
    if (!children) {
      children = keys.map(() => []);
      keys.forEach((_, child) => parentsOf(child).forEach((p) => children[p].push(child)));
    }
    return children[i];
  }

  /** The nearest printed values that are computed from value i. */
  function usedIn(i) {
    const seen = new Set([i]);
    const found = [];
    const queue = [...childrenOf(i)];
    for (let at = 0; at < queue.length && found.length < 200; at += 1) {
      const each = queue[at];
      if (seen.has(each)) continue;
      seen.add(each);
      if (printed.has(each)) found.push(each);
      else queue.push(...childrenOf(each));
    }
    return found;
  }

  function leavesOf(i) {
    const seen = new Set();
    const stack = [i];
    const found = [];
    while (stack.length) {
      const each = stack.pop();
      if (seen.has(each)) continue;
      seen.add(each);
      if (parentsOf(each).length) stack.push(...parentsOf(each));
      else found.push(each);
    }
    return found;
  }

  // ------------------------------------------------------------ words

  /** The Chinese name of a key, by the same rule as the program's own labels. */
  function label(key) {
    const i = numberOf.get(key);
    if (key.endsWith(")") && i !== undefined) {
      const parents = parentsOf(i);
      const words = operationOf(i).words;
      if (parents.length > 2) return `${words}（${label(keys[parents[0]])} 等${parents.length}项）`;
      if (!/\{\d\}/.test(words)) return `${words}：${parents.map((p) => label(keys[p])).join("，")}`;
      return filled(words, parents.map((p) => label(keys[p])), {});
    }
    const [edition, plain] = key.includes(":") ? key.split(":") : ["", key];
    const [family, ...words] = plain.split(".");
    const year = words.length && /^\d{4}$/.test(words[words.length - 1]) ? words.pop() : "";
    const parts = words.map((word, at) => {
      const option = at ? data.names[`${words[at - 1]}.${word}`] : "";
      const name = option || data.names[word] || data.families[word] || word;
      return /^\d{1,3}$/.test(word) ? `第${name}项` : name;
    });
    parts.push(data.families[family] || family);
    return parts.join("·") + (year ? `（${year}年）` : "") + (edition ? `［${edition}版］` : "");
  }

  function operationOf(i) {
    const words = data.operations[data.values[i][2] || 0];
    return words.startsWith("×") ? { words: words.slice(1), paired: true } : { words, paired: false };
  }

  function paramsOf(i) {
    const list = data.values[i][4] || [];
    const params = {};
    for (let at = 0; at < list.length; at += 2) params[data.texts[list[at]]] = data.texts[list[at + 1]];
    return params;
  }

  function filled(words, positional, named) {
    return words.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = /^\d+$/.test(name) ? positional[Number(name)] : named[name];
      return value === undefined ? whole : value;
    });
  }

  function show(datum) {
    if (typeof datum !== "number") return datum === null ? "–" : String(datum);
    return String(Number(datum.toPrecision(10))).replace("-", "−");
  }

  const valueText = (i) => show(data.values[i][0]) + (unitOf(i) ? ` ${unitOf(i)}` : "");

  function terms(i) {
    const parents = parentsOf(i);
    const half = parents.length / 2;
    const value = (p) => show(data.values[p][0]);
    const all = operationOf(i).paired
      ? parents.slice(0, half).map((p, at) => `${value(p)} × ${value(parents[half + at])}`)
      : parents.map(value);
    if (all.length <= 6) return all.join("，");
    return `${all.slice(0, 5).join("，")}，…（${all.length}项）`;
  }

  function formula(i) {
    const { words } = operationOf(i);
    const params = paramsOf(i);
    if (!parentsOf(i).length) return words;
    if (/\{\d\}/.test(words)) {
      return filled(words, parentsOf(i).map((p) => show(data.values[p][0])), params);
    }
    return `${filled(words, [], params)}；其中 ${terms(i)}`;
  }

  /** The cells under value i by file, runs of cells of a column as ranges. */
  function sources(i) {
    const files = new Map();
    for (const leaf of leavesOf(i)) {
      const [file, cell] = placeOf(leaf);
      if (file === undefined) continue;
      if (!files.has(file)) files.set(file, new Set());
      files.get(file).add(cell);
    }
    return [...files].sort((a, b) => a[0] - b[0]).map(([file, cells]) => {
      const places = [...cells].map(String).map((text) => {
        const match = /^([A-Z]*)(\d+)$/.exec(text);
        return match ? [match[1], Number(match[2]), text] : ["", 0, text];
      });
      places.sort((a, b) => a[0].length - b[0].length || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
      const runs = [];
      for (const [column, row, text] of places) {
        const run = runs[runs.length - 1];
        if (run && column && run.column === column && row === run.row + 1) Object.assign(run, { row, end: text });
        else runs.push({ column, row, start: text, end: text });
      }
      const texts = runs.slice(0, SHOWN).map((run) => (run.start === run.end ? run.start : `${run.start}:${run.end}`));
      if (runs.length > SHOWN) texts.push(`…共${places.length}处`);
      const named = texts.filter(Boolean).join(", ");
      return data.files[file] + (named ? `${places[0][0] || !places[0][1] ? "!" : ":"}${named}` : "");
    });
  }

  // ------------------------------------------------------------ small helpers

  function make(tag, attributes, ...inner) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    element.append(...inner);
    return element;
  }

  const keysOf = (element) =>
    (element.getAttribute("data-key") ? [element.getAttribute("data-key")] : (element.getAttribute("data-keys") || "").split(" "))
      .filter((key) => numberOf.has(key));

  const NUMBERS = ".n[data-key], .w[data-keys], .mark[data-key]";
  const spoken = (element) => element.getAttribute("data-text") || element.textContent;

  // ------------------------------------------------------------ where numbers stand

  const occurrences = []; // {element, key, text, where}
  const byKey = new Map();
  const groups = new Map(); // block → its numbers, for the arrow keys
  let heading = "";
  for (const element of main.querySelectorAll(`h1, h2, h3, ${NUMBERS}`)) {
    if (/^H[1-3]$/.test(element.tagName)) heading = element.getAttribute("data-title") || element.textContent;
    if (!element.matches(NUMBERS)) continue;
    const exhibit = element.closest("figure, .tbl");
    const name = exhibit && exhibit.querySelector(".no");
    const where = name && name.textContent ? name.textContent : heading;
    for (const key of keysOf(element)) {
      const entry = { element, key, text: spoken(element), where };
      occurrences.push(entry);
      if (!byKey.has(key)) byKey.set(key, []);
      byKey.get(key).push(entry);
    }
    const block = element.closest("p, table, figure, h1, h2, h3, h4, li") || main;
    if (!groups.has(block)) groups.set(block, []);
    groups.get(block).push(element);
  }
  // One number of each block can be reached with Tab; the arrow keys lead on from it.
  function reachable(element, yes) {
    element.setAttribute("tabindex", yes ? "0" : "-1");
    if (yes) {
      element.setAttribute("role", "button");
      element.setAttribute("aria-haspopup", "dialog");
      if (element.matches(".mark")) element.setAttribute("aria-label", spoken(element));
    } else ["role", "aria-haspopup", "aria-label"].forEach((name) => element.removeAttribute(name));
  }
  // A picture has no parts that can be pressed; a group has.
  main.querySelectorAll("svg[role=img]:has(.mark)").forEach((svg) => svg.setAttribute("role", "group"));
  for (const members of groups.values()) reachable(members[0], true);

  // ------------------------------------------------------------ the panel

  const panel = make("aside", { id: "trace", class: "trace", role: "dialog", "aria-label": "数字来历", hidden: "" });
  document.body.append(panel);
  let anchor = null; // the number the panel belongs to
  let pinned = false;
  let history = [];
  let timer = 0;

  function list(title, numbers, entry) {
    if (!numbers.length) return "";
    const items = make("ul", {});
    const fill = (from, to) => numbers.slice(from, to).forEach((each) => items.append(make("li", {}, entry(each))));
    fill(0, SHOWN);
    if (numbers.length > SHOWN) {
      const more = make("button", { type: "button", class: "more" }, `其余${numbers.length - SHOWN}项`);
      more.addEventListener("click", () => {
        more.parentElement.remove();
        fill(SHOWN, numbers.length);
      });
      items.append(make("li", {}, more));
    }
    return make("section", {}, make("h5", {}, title), items);
  }

  function valueButton(i) {
    const step = () => {
      history.push(i);
      pin();
      render(i);
    };
    return make("button", { type: "button", class: "walk", onclick: step, title: keys[i] },
      make("span", {}, label(keys[i])), make("b", {}, valueText(i)));
  }

  function jumpButton(entry) {
    const jump = () => {
      close();
      go(entry);
    };
    return make("button", { type: "button", class: "walk", onclick: jump },
      make("span", {}, entry.where), make("b", {}, entry.text));
  }

  function render(i) {
    const back = make("button", { type: "button", "aria-label": "返回上一个" }, "‹");
    back.addEventListener("click", () => {
      history.pop();
      render(history[history.length - 1]);
    });
    back.hidden = history.length < 2;
    const shut = make("button", { type: "button", class: "shut", "aria-label": "关闭", onclick: () => close(true) }, "×");
    const facts = make("dl", {});
    const fact = (name, ...text) => facts.append(make("dt", {}, name), make("dd", {}, ...text));
    fact("数值", make("b", {}, valueText(i)));
    const exact = data.values[i][0];
    if (typeof exact === "number" && String(exact) !== show(exact).replace("−", "-")) fact("精确值", String(exact));
    fact("键", make("code", {}, keys[i].length > 160 ? `${keys[i].slice(0, 160)}…` : keys[i]));
    fact(parentsOf(i).length ? "算法" : "性质", formula(i));
    const cells = sources(i);
    if (cells.length) fact("来源", ...cells.map((text) => make("div", {}, text)));
    panel.replaceChildren(
      make("header", {}, back, make("h4", { tabindex: "-1" }, label(keys[i])), shut),
      facts,
      list("由以下数值算得", parentsOf(i), valueButton),
      list("用于", usedIn(i), valueButton),
      list("文中位置", byKey.get(keys[i]) || [], jumpButton),
    );
    panel.scrollTop = 0;
  }

  function open(element, keep) {
    const found = keysOf(element).map((key) => numberOf.get(key));
    if (!found.length) return;
    window.clearTimeout(timer);
    if (anchor && anchor !== element) anchor.classList.remove("traced");
    anchor = element;
    anchor.classList.add("traced");
    pinned = keep;
    panel.classList.toggle("pinned", pinned);
    panel.hidden = false;
    history = [found[0]];
    render(found[0]);
    if (found.length > 1) {
      const others = list("依据的数值", found, valueButton);
      panel.querySelector("dl").before(others);
    }
    place(element);
  }

  /** Put the panel below or above the number, where there is more room, and never over it. */
  function place(element) {
    const style = panel.style;
    ["left", "top", "bottom", "maxHeight"].forEach((name) => { style[name] = ""; });
    if (window.innerWidth < 720) {
      // The panel takes the lower part of a small screen.
      if (pinned && element.getBoundingClientRect().bottom > window.innerHeight * 0.4) {
        const top = element.getBoundingClientRect().top - window.innerHeight * 0.2;
        window.scrollBy({ top, behavior: "instant" });
      }
      return;
    }
    const box = element.getBoundingClientRect();
    const below = window.innerHeight - box.bottom - 16;
    const above = box.top - 16;
    style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - panel.offsetWidth - 16))}px`;
    if (panel.offsetHeight <= below || below >= above) {
      style.top = `${box.bottom + 8}px`;
      style.maxHeight = `${Math.max(160, Math.min(below, 576))}px`;
    } else {
      style.bottom = `${window.innerHeight - box.top + 8}px`;
      style.maxHeight = `${Math.min(above, 576)}px`;
    }
  }

  function pin() {
    pinned = true;
    panel.classList.add("pinned");
  }

  function close(refocus) {
    window.clearTimeout(timer);
    panel.hidden = true;
    pinned = false;
    if (anchor) {
      anchor.classList.remove("traced");
      if (refocus) anchor.focus({ preventScroll: true });
    }
    anchor = null;
  }

  function go(entry) {
    const block = groups.get(entry.element.closest("p, table, figure, h1, h2, h3, h4, li") || main) || [];
    block.forEach((each) => reachable(each, each === entry.element));
    entry.element.scrollIntoView({ block: "center" });
    entry.element.focus({ preventScroll: true });
    open(entry.element, true);
  }

  main.addEventListener("pointerover", (event) => {
    const element = event.target.closest(NUMBERS);
    if (!element || pinned || event.pointerType === "touch") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => open(element, false), WAIT);
  });
  main.addEventListener("pointerout", (event) => {
    if (event.target.closest(NUMBERS) && !pinned) {
      window.clearTimeout(timer);
      timer = window.setTimeout(close, WAIT);
    }
  });
  panel.addEventListener("pointerenter", () => window.clearTimeout(timer));
  panel.addEventListener("pointerleave", () => {
    if (!pinned) timer = window.setTimeout(close, WAIT);
  });
  panel.addEventListener("pointerdown", pin);
  document.addEventListener("click", (event) => {
    const element = event.target.closest(NUMBERS);
    if (element && main.contains(element)) {
      if (String(window.getSelection())) return; // someone is marking text
      open(element, true);
    } else if (pinned && event.target.isConnected && !event.target.closest(".trace, .finder")) close();
  });
  main.addEventListener("focusin", (event) => {
    const element = event.target.closest(NUMBERS);
    if (element && element.matches(":focus-visible") && anchor !== element) open(element, false);
  });
  main.addEventListener("focusout", () => {
    if (!pinned) timer = window.setTimeout(() => !panel.contains(document.activeElement) && !pinned && close(), WAIT);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      close(true);
      return;
    }
    const element = event.target.closest ? event.target.closest(NUMBERS) : null;
    if (!element) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(element, true);
      panel.querySelector("h4").focus();
    } else if (event.key.startsWith("Arrow")) {
      const next = neighbour(element, event.key.slice(5));
      if (!next) return;
      event.preventDefault();
      reachable(element, false);
      reachable(next, true);
      next.focus();
    }
  });

  function neighbour(element, way) {
    const cell = element.closest("td, th");
    if (cell && (way === "Up" || way === "Down")) {
      let row = cell.parentElement;
      while ((row = way === "Up" ? row.previousElementSibling : row.nextElementSibling)) {
        const found = row.cells[cell.cellIndex] && row.cells[cell.cellIndex].querySelector(NUMBERS);
        if (found) return found;
      }
      return null;
    }
    const members = groups.get(element.closest("p, table, figure, h1, h2, h3, h4, li") || main) || [];
    return members[members.indexOf(element) + (way === "Right" || way === "Down" ? 1 : -1)] || null;
  }

  // ------------------------------------------------------------ search

  const labels = new Map();
  const labelOf = (key) => {
    if (!labels.has(key)) labels.set(key, label(key));
    return labels.get(key);
  };
  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[−–]/g, "-").replace(/,(?=\d{3})/g, "");

  function search(query) {
    const words = folded(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = [];
    for (const entry of occurrences) {
      const text = folded(entry.text);
      const rest = `${labelOf(entry.key)} ${entry.key}`.toLowerCase();
      let rank = entry.element.matches(".w") ? 0 : 0.5; // numbers before words
      if (entry.key === query.trim()) rank += 5;
      const fits = words.every((word) => {
        if (/\d/.test(word) && text.replace(/[^\d.]+$/, "") === word.replace(/[^\d.]+$/, "")) rank += 3;
        else if (/\d/.test(word) && text.startsWith(word)) rank += 1;
        else return rest.includes(word);
        return true;
      });
      if (fits) found.push({ entry, rank });
    }
    return found.sort((a, b) => b.rank - a.rank).map((each) => each.entry);
  }

  const input = make("input", { type: "search", id: "finder", placeholder: "名称、键或印出的数值", autocomplete: "off" });
  const status = make("p", { class: "count", role: "status" });
  const results = make("ul", {});
  const finder = make("div", { class: "finder", role: "search" }, make("label", { for: "finder" }, "查数字的来历"), input, status, results);
  const nav = document.querySelector(".sidebar");
  if (nav) nav.prepend(finder);
  let typing = 0;
  input.addEventListener("input", () => {
    window.clearTimeout(typing);
    typing = window.setTimeout(() => {
      const found = search(input.value);
      status.textContent = input.value.trim() ? (found.length ? `${found.length}处` : "没有这样的数字") : "";
      results.replaceChildren(...found.slice(0, FOUND).map((entry) => {
        const button = make("button", { type: "button", class: "walk", title: entry.key, onclick: () => go(entry) },
          make("b", {}, entry.text), make("span", {}, `${labelOf(entry.key)}　${entry.where}`));
        return make("li", {}, button);
      }));
    }, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      const first = results.querySelector("button");
      if (first) {
        event.preventDefault();
        first.focus();
      }
    }
  });

  // ------------------------------------------------------------ tables

  function cellText(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup.call").forEach((call) => call.remove());
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    return text.replace(/^−(?=[\d.,]+[%‰]?$)/, "-"); // a minus that a spreadsheet understands
  }

  /** The table as rows of texts; a spanning cell stands in its first place, the others are empty. */
  function grid(table) {
    const rows = [];
    [...table.rows].forEach((row, at) => {
      rows[at] = rows[at] || [];
      for (const cell of row.cells) {
        let column = 0;
        while (rows[at][column] !== undefined) column += 1;
        for (let down = 0; down < cell.rowSpan; down += 1) {
          rows[at + down] = rows[at + down] || [];
          for (let over = 0; over < cell.colSpan; over += 1) {
            rows[at + down][column + over] = down || over ? "" : cellText(cell);
          }
        }
      }
    });
    return rows.slice(0, table.rows.length);
  }

  // Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
  const guarded = (text) => (/^[=+\-@＝＋－＠]/.test(text) && !/^[+-][\d.,]+[%‰]?$/.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const asTsv = (table) => grid(table).map((row) => row.map((text) => guarded(text)).join("\t")).join("\n");
  const asCsv = (table) => `\ufeff${grid(table).map((row) => row.map((text) => quoted(guarded(text))).join(",")).join("\r\n")}\r\n`;

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (refused) {
      const area = make("textarea", { class: "offstage", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  for (const frame of main.querySelectorAll(".tbl")) {
    const table = frame.querySelector("table");
    if (!table) continue;
    const name = (frame.querySelector("caption .cap") || frame).textContent.trim();
    const note = make("span", { role: "status" });
    const copying = make("button", { type: "button", "aria-label": `复制${name}` }, "复制表格");
    copying.addEventListener("click", async () => {
      note.textContent = (await copy(asTsv(table))) ? "已复制，可粘贴到Excel" : "浏览器不允许复制";
      window.setTimeout(() => { note.textContent = ""; }, 3000);
    });
    const saving = make("button", { type: "button", "aria-label": `下载${name}（CSV）` }, "下载CSV");
    saving.addEventListener("click", () => {
      const address = URL.createObjectURL(new Blob([asCsv(table)], { type: "text/csv" }));
      const link = make("a", { href: address, download: `${name.replace(/[\\/:*?"<>|]+/g, "_")}.csv` });
      document.body.append(link);
      link.click();
      link.remove();
      window.setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
    frame.prepend(make("div", { class: "tools" }, note, copying, saving));
  }

  document.documentElement.classList.add("traceable");
})();
