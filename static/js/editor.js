/* The block editor: its buttons change the rows in place, so that 后退 leads back and not into a form sent long ago; what is
   not saved stays in this browser and is offered back. Without this script every button sends the form. */

const PAUSE = 600;
const MONTH = 30 * 86400000; // older drafts are not offered
const MOST = 1000000; // signs: what is longer the server does not take at all
const ROW = ["kind", "words", "source"];
const DIGITS = "零一二三四五六七八九";

const chinese = (n) => {
  const [h, t, o] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const tens = t ? `${t === 1 && !h ? "" : DIGITS[t]}十` : h && o ? "零" : "";
  return (h ? `${DIGITS[h]}百` : "") + tens + (o ? DIGITS[o] : "");
};
const NUMBERS = [(n) => `${chinese(n)}、`, (n) => `（${chinese(n)}）`, (n) => `${n}.`, (n) => `（${n}）`];

class Editor {
  constructor(form) {
    this.form = form;
    this.store = `zhuzun.${form.dataset.draft}`;
    this.timer = null;
    this.busy = false;
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.count());
    form.addEventListener("submit", (event) => this.sent(event));
    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-draft-take]")) this.take();
      if (event.target.closest("[data-draft-drop]")) this.forget();
    });
    this.offer();
  }

  /* --- kept here until it is saved --------------------------------------------------------------------------------- */
  rows() {
    const all = (name) => [...this.form.querySelectorAll(`[name="${name}"]`)].map((field) => field.value);
    const [kinds, words, sources] = ROW.map(all);
    return kinds.map((kind, at) => [kind, words[at], sources[at]]);
  }

  seen() {
    return this.form.elements.seen?.value || "";
  }

  touched() {
    this.say("有改动没有保存");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep(sent = false) {
    clearTimeout(this.timer);
    try {
      const held = { rows: this.rows(), seen: this.seen(), at: Date.now(), sent };
      localStorage.setItem(this.store, JSON.stringify(held));
      this.say("有改动没有保存（文字已留在本机）");
    } catch {
      /* no room, or not allowed: the page itself still has it */
    }
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.store) || "null");
    } catch {
      return null;
    }
  }

  forget() {
    localStorage.removeItem(this.store);
    this.form.querySelector("[data-draft-offer]").hidden = true;
  }

  /* What was sent, and the record is another since: it was saved. */
  offer() {
    const held = this.kept();
    if (!held) return;
    const filled = (rows) => JSON.stringify(rows.filter((row) => row[1].trim()));
    const saved = held.sent && held.seen !== this.seen();
    if (saved || Date.now() - held.at > MONTH || filled(held.rows) === filled(this.rows())) {
      this.forget();
      return;
    }
    if (this.form.hasAttribute("data-unsaved")) return;
    const box = this.form.querySelector("[data-draft-offer]");
    box.querySelector("[data-draft-at]").textContent = new Date(held.at).toLocaleString("zh-CN", {
      month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
    });
    box.hidden = false;
  }

  take() {
    const held = this.kept();
    if (!held) return;
    const data = new FormData(this.form);
    ROW.forEach((name, at) => {
      data.delete(name);
      held.rows.forEach((row) => data.append(name, row[at]));
    });
    data.set("seen", held.seen || this.seen());
    data.set("press", "show");
    this.press(data);
  }

  /* --- buttons ----------------------------------------------------------------------------------------------------- */
  sent(event) {
    if (event.defaultPrevented) return;
    const signs = [...this.form.elements].reduce((sum, field) => sum + (field.value?.length || 0), 0);
    if (signs > MOST) {
      event.preventDefault();
      event.stopPropagation();
      this.say("没有提交：文字太多，正文最多 6 万字，较长的材料、表格请作附件。文字仍在本页，请删减后再试。", "bad");
      return;
    }
    if (event.submitter?.name !== "press") {
      this.keep(true);
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // nothing leaves this page: portal.js has nothing to hold back
    this.press(new FormData(this.form, event.submitter));
  }

  async press(data) {
    if (this.busy) return;
    this.busy = true;
    this.keep();
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) data.set("csrfmiddlewaretoken", token[1]);
    try {
      const answer = await fetch(window.location.pathname, {
        method: "POST", credentials: "same-origin", body: new URLSearchParams(data),
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = page.querySelector("form.editor");
      if (form) this.show(form);
      else this.say(page.querySelector("h1") && !answer.redirected
        ? `没有办成：${page.querySelector("h1").textContent.trim()}。文字仍在本页和本机。`
        : "登录已超时。文字仍在本页和本机，请先在新窗口重新登录，再回到本页。", "bad");
    } catch {
      this.say("网络不通，没有办成。文字仍在本页和本机，请稍后再试。", "bad");
    }
    this.busy = false;
  }

  show(form) {
    const open = this.form.querySelector(".editor-paste")?.open;
    this.form.replaceChildren(...form.childNodes);
    this.form.toggleAttribute("data-unsaved", true);
    if (open) this.form.querySelector(".editor-paste").open = true;
    this.form.querySelector("[data-focus]")?.focus();
    this.form.dispatchEvent(new Event("input", { bubbles: true })); // the page is not to be left without a question
  }

  /* --- numbers that the program sets ------------------------------------------------------------------------------- */
  count() {
    const counts = [0, 0, 0, 0];
    this.form.querySelectorAll(".editor-row").forEach((row) => {
      const level = Number(row.querySelector("select").value.match(/^heading([1-4])$/)?.[1] || 0);
      const filled = level && row.querySelector("textarea").value.trim();
      if (filled) {
        counts[level - 1] += 1;
        counts.fill(0, level);
      }
      row.querySelector("[data-number]").textContent = filled ? NUMBERS[level - 1](counts[level - 1]) : "";
    });
  }

  say(words, tone = "") {
    const line = this.form.querySelector("[data-save-state]");
    line.textContent = words;
    line.dataset.tone = tone;
  }
}

document.querySelectorAll("form.editor").forEach((form) => {
  form.editor = new Editor(form);
});
