/* The grid of a report as a sheet: arrows, Enter, Tab, Esc, a block pasted from WPS, undo; and what the server answered
   to a saving (autosave.js): signs, quiet figures, sums, findings, and who was faster. */

const BIGGEST = 200 * 1024;

/* --- moving ---------------------------------------------------------------------------------------------------------- */
const inputs = (row) => [...row.cells].map((cell) => cell.querySelector(".cell-input"));

class Grid {
  constructor(table) {
    this.table = table;
    this.form = table.closest("form");
    this.past = []; // [[input, value before], …] per act
    if (!this.form) return;
    table.addEventListener("focusin", (event) => this.entered(event.target));
    table.addEventListener("focusout", (event) => this.left(event.target));
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("paste", (event) => this.paste(event));
  }

  rows() {
    return [...this.table.tBodies[0].rows].map(inputs);
  }

  place(input) {
    const rows = this.rows();
    const row = rows.findIndex((cells) => cells.includes(input));
    return [rows, row, row < 0 ? -1 : rows[row].indexOf(input)];
  }

  entered(input) {
    if (!input.classList.contains("cell-input")) return;
    this.before = input.value;
    input.select();
  }

  left(input) {
    if (!input.classList.contains("cell-input") || this.before === undefined) return;
    if (input.value !== this.before) this.past.push([[input, this.before]]);
    this.before = undefined;
  }

  go(input, down, right) {
    const [rows, row, column] = this.place(input);
    for (let r = row + down, c = column + right; r >= 0 && r < rows.length; r += down, c += right) {
      if (c < 0 || c >= rows[r].length) return false;
      if (rows[r][c]) {
        rows[r][c].focus();
        return true;
      }
      if (!down && !right) return false;
    }
    return false;
  }

  along(input, step) {
    const all = this.rows().flat().filter(Boolean);
    const next = all[all.indexOf(input) + step];
    if (next) next.focus();
    return Boolean(next);
  }

  key(event) {
    const input = event.target;
    if (!input.classList.contains("cell-input") || event.isComposing) return;
    if (this.act(event, input)) event.preventDefault();
  }

  act(event, input) {
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const atStart = whole || (input.selectionStart === 0 && input.selectionEnd === 0);
    const atEnd = whole || input.selectionStart === input.value.length;
    if (event.altKey) return event.key === "ArrowDown" && this.more(input);
    if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "z" && this.undo(input);
    switch (event.key) {
      case "ArrowDown": return this.go(input, 1, 0) || true; // at the edge the caret stays too
      case "ArrowUp": return this.go(input, -1, 0) || true;
      case "ArrowLeft": return atStart && !event.shiftKey && this.go(input, 0, -1);
      case "ArrowRight": return atEnd && !event.shiftKey && this.go(input, 0, 1);
      case "Enter": return this.go(input, event.shiftKey ? -1 : 1, 0) || true;
      case "Tab": return this.along(input, event.shiftKey ? -1 : 1); // at the ends the page goes on as usual
      case "Escape": return this.restore(input);
      default: return false;
    }
  }

  more(input) {
    const details = input.closest("td").querySelector(".cell-more");
    details.open = true;
    details.querySelector("input").focus();
    return true;
  }

  /* --- writing --------------------------------------------------------------------------------------------------------- */
  write(input, value) {
    if (input.value === value) return;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  restore(input) {
    if (this.before !== undefined) this.write(input, this.before);
    input.select();
    return true;
  }

  undo(input) {
    if (this.before !== undefined && input.value !== this.before) return this.restore(input);
    const act = this.past.pop();
    if (!act) return true;
    act.forEach(([one, value]) => this.write(one, value));
    act[0][0].focus();
    this.before = act[0][0].value;
    return true;
  }

  paste(event) {
    const input = event.target;
    const text = event.clipboardData.getData("text/plain");
    if (!input.classList.contains("cell-input") || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const say = (words) => this.form.autosave.say(words, "bad");
    if (text.length > BIGGEST) {
      say(`粘贴的内容过大（${Math.round(text.length / 1024)} KB），请只复制需要的单元格。`);
      return;
    }
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const outside = this.fill(input, block);
    if (outside) say(`已粘贴；有 ${outside} 个单元格超出表格或不能填写，没有粘贴。`);
  }

  fill(input, block) {
    const [rows, row, column] = this.place(input);
    const act = [];
    let outside = 0;
    block.forEach((line, down) => line.forEach((value, right) => {
      const target = rows[row + down]?.[column + right];
      if (!target) {
        outside += value.trim() ? 1 : 0;
        return;
      }
      act.push([target, target.value]);
      this.write(target, value.trim());
    }));
    this.past.push(act);
    this.before = input.value;
    return outside;
  }
}

/* --- what the server answered ------------------------------------------------------------------------------------------ */
const list = (element, lines) => element.replaceChildren(...lines.map((line) => {
  const item = document.createElement("li");
  item.append(line);
  return item;
}));

const button = (word, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm";
  made.textContent = word;
  made.addEventListener("click", act);
  return made;
};

function drawCell(form, cell, autosave) {
  const box = form.querySelector(`[data-cell="${cell.entry}"]`);
  const input = box?.querySelector(".cell-input");
  if (!input) return;
  const group = String(cell.entry);
  const pending = autosave.dirty.has(group);
  const fields = autosave.fields(group);
  const stored = { t: cell.typed, r: cell.reason, n: cell.note };
  const show = () => fields.forEach((field) => (field.value = stored[field.name[0]]));
  box.querySelector(".cell-sign").textContent = cell.sign;
  box.querySelector(".cell-quiet").replaceChildren(
    ...cell.quiet.flatMap((words) => {
      const piece = document.createElement("span");
      piece.textContent = words;
      return [piece, " "];
    }),
  );
  list(box.querySelector(".cell-findings"), cell.findings);
  if (cell.findings.length) box.querySelector(".cell-more").open = true;
  if (!cell.kind) return; // another cell was saved: what this one shows stays, with the version that was seen
  const message = box.querySelector(".cell-message");
  message.textContent = cell.message;
  input.toggleAttribute("aria-invalid", false);
  if (cell.kind === "error") input.setAttribute("aria-invalid", "true");
  if (cell.kind === "conflict") {
    input.setAttribute("aria-invalid", "true");
    message.append(choice(form, cell, autosave, show));
  } else if (cell.kind !== "error") {
    form.elements[`s-${group}`].value = cell.seen;
    if (!pending && document.activeElement !== input) show();
  }
}

function choice(form, cell, autosave, show) {
  const group = String(cell.entry);
  const box = document.createElement("span");
  box.className = "cell-choice";
  const settle = () => {
    form.elements[`s-${group}`].value = cell.seen;
    form.querySelector(`[data-cell="${group}"] .cell-message`).textContent = "";
    form.elements[`t-${group}`].removeAttribute("aria-invalid");
    autosave.refused.delete(group);
  };
  box.append(
    button("用我填的", () => {
      settle();
      autosave.soon(0);
    }),
    button("用对方的", () => {
      settle();
      show();
      autosave.dirty.delete(group);
      autosave.mark(group, false);
      autosave.keep();
      autosave.say("已改用对方填写的数据");
    }),
  );
  return box;
}

function drawFindings(findings) {
  const box = document.querySelector("[data-findings]");
  box.replaceChildren();
  if (!findings.length) return;
  const head = document.createElement("h3");
  head.textContent = `需要核对（${findings.length} 处）`;
  const lines = document.createElement("ul");
  list(lines, findings.map(({ entry, tone, text }) => {
    const link = document.createElement("a");
    link.href = `#cell-${entry}`;
    link.textContent = `${tone}：${text}`;
    return link;
  }));
  box.append(head, lines);
}

document.querySelectorAll("[data-grid]").forEach((table) => new Grid(table));
document.querySelectorAll('form[data-autosave="cells"]').forEach((form) => {
  form.addEventListener("autosaved", ({ detail: { data, autosave } }) => {
    data.cells.forEach((cell) => drawCell(form, cell, autosave));
    Object.entries(data.totals).forEach(([key, words]) => {
      const total = form.querySelector(`[data-total="${key}"]`);
      if (total) total.textContent = words;
    });
    document.querySelector("[data-missing]").textContent = String(data.missing);
    Object.entries(data.fills).forEach(([name, number]) => {
      const link = document.querySelector(`[data-fills="${name}"]`);
      link.hidden = number === 0;
      link.querySelector("[data-number]").textContent = String(number);
    });
    drawFindings(data.findings);
  });
});
document.querySelector("[data-findings]")?.addEventListener("click", (event) => {
  const target = document.getElementById(event.target.closest("a")?.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "center" });
  target.focus();
});
