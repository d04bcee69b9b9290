/* Saves a form as one types: [data-autosave="cells"] a grid (only the cells touched), [data-autosave="text"] a text.
   What the server does not have yet stays in this browser, and is offered back after a reload. Without this script the
   form is sent with its button. */

const PAUSE = 900;
const RETRY = 8000;
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || "";

class Autosave {
  constructor(form) {
    this.form = form;
    this.kind = form.dataset.autosave;
    this.store = `zhuzun.${form.dataset.draft}`;
    this.dirty = new Map(); // name of a group of fields -> what they hold
    this.refused = new Map(); // the same, as the server refused it: not sent again until it changes
    this.timer = this.sending = null;
    this.stopped = false;
    this.last = "";
    form.addEventListener("input", (event) => this.touched(event.target));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.refused.clear();
      this.stopped = false;
      this.send();
    }, true);
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty.size) event.preventDefault();
    });
    this.offer();
    this.early();
  }

  /* --- what was touched --------------------------------------------------------------------------------------- */
  group(field) {
    return this.kind === "cells" ? field.name.match(/^[trn]-(\d+)$/)?.[1] : field.name !== "version" && "text";
  }

  fields(group) {
    if (this.kind === "text") {
      return [...this.form.elements].filter((one) => one.name && !["csrfmiddlewaretoken", "behalf", "version"].includes(one.name));
    }
    return ["t", "r", "n"].map((part) => this.form.elements[`${part}-${group}`]).filter(Boolean);
  }

  value(field) {
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
  }

  held(group) {
    return Object.fromEntries(this.fields(group).map((field) => [field.name, this.value(field)]));
  }

  touched(field) {
    const group = this.group(field);
    if (!group) return;
    this.dirty.set(group, this.held(group));
    this.refused.delete(group);
    this.mark(group, true);
    this.count();
    this.keep();
    this.say("正在等待保存…");
    this.soon(PAUSE);
  }

  /* Typed while the page was still loading, before this script listened. */
  early() {
    for (const field of this.form.elements) {
      const typed = field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
      if (field.name && field.type !== "hidden" && typed) this.touched(field);
    }
  }

  mark(group, on) {
    this.form.querySelector(`[data-cell="${group}"]`)?.classList.toggle("is-dirty", on);
  }

  count() {
    const counter = this.form.querySelector("[data-count]");
    if (!counter) return;
    const texts = [...this.form.querySelectorAll("textarea")].map((one) => one.value.replace(/\s/g, ""));
    counter.textContent = String([...texts.join("")].length);
  }

  /* --- kept here until the server has it ------------------------------------------------------------------------ */
  keep() {
    try {
      if (this.dirty.size) localStorage.setItem(this.store, JSON.stringify([...this.dirty]));
      else localStorage.removeItem(this.store);
    } catch {
      /* no room, or not allowed: the page itself still has it */
    }
  }

  offer() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(this.store) || "[]");
    } catch {
      kept = [];
    }
    const differing = kept.filter(([group, held]) =>
      this.fields(group).some((field) => field.name in held && this.value(field) !== held[field.name]));
    const box = this.form.querySelector("[data-draft-offer]");
    if (!differing.length || !box) {
      if (kept.length) this.keep();
      return;
    }
    box.hidden = false;
    const number = box.querySelector("[data-draft-count]");
    if (number) number.textContent = String(differing.length);
    box.querySelector("[data-draft-take]").addEventListener("click", () => {
      box.hidden = true;
      for (const [group, held] of differing) {
        for (const field of this.fields(group)) {
          if (!(field.name in held)) continue;
          if (field.type === "checkbox") field.checked = Boolean(held[field.name]);
          else field.value = held[field.name];
        }
        const first = this.fields(group)[0];
        if (first) this.touched(first);
      }
      this.soon(0);
    });
    box.querySelector("[data-draft-drop]").addEventListener("click", () => {
      box.hidden = true;
      localStorage.removeItem(this.store);
    });
  }

  /* --- sending ---------------------------------------------------------------------------------------------------- */
  soon(pause) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.send(), pause);
  }

  waiting() {
    return [...this.dirty].filter(([group]) => !this.refused.has(group));
  }

  body(groups) {
    const body = new URLSearchParams();
    body.set("csrfmiddlewaretoken", token());
    for (const name of ["behalf", "version"]) {
      if (this.form.elements[name]) body.set(name, this.form.elements[name].value);
    }
    for (const [group, held] of groups) {
      Object.entries(held).forEach(([name, value]) => body.set(name, value));
      if (this.kind === "cells") body.set(`s-${group}`, this.form.elements[`s-${group}`].value);
    }
    return body;
  }

  async send() {
    const groups = this.waiting();
    if (this.sending || !groups.length) {
      if (!this.dirty.size) this.say(this.last ? `已保存 ${this.last}` : "没有需要保存的改动");
      return;
    }
    this.say("正在保存…");
    this.sending = groups;
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        body: this.body(groups),
      });
      const data = await answer.json().catch(() => ({}));
      this.sending = null;
      if (answer.ok) this.took(groups, data);
      else this.refusedAll(answer.status, data);
    } catch {
      this.sending = null;
      this.say("未能保存：网络不通。填写的内容留在本机，网络恢复后自动保存。", "bad");
      this.soon(RETRY);
    }
  }

  refusedAll(status, data) {
    if (status === 401 || (status === 403 && !data.message)) {
      this.say("未能保存：登录已超时。填写的内容留在本机，请在新窗口重新登录，本页随后自动保存。", "bad");
      this.soon(RETRY);
    } else if (status === 409 || status === 403) {
      this.stopped = true;
      this.say(`未能保存：${data.message}`, "bad");
    } else {
      this.say("未能保存：系统暂时没有应答。填写的内容留在本机，稍后自动重试。", "bad");
      this.soon(RETRY);
    }
  }

  unchangedSince([group, held]) {
    return JSON.stringify(this.held(group)) === JSON.stringify(held);
  }

  took(groups, data) {
    const fates = new Map((data.cells || []).map((cell) => [String(cell.entry), cell]));
    for (const sent of groups) {
      const fate = fates.get(sent[0]);
      const kept = !fate || !["error", "conflict"].includes(fate.kind);
      if (kept && this.unchangedSince(sent)) {
        this.dirty.delete(sent[0]);
        this.mark(sent[0], false);
      } else if (!kept) {
        this.refused.set(sent[0], true);
      }
    }
    if (data.version !== undefined) this.form.elements.version.value = data.version;
    this.last = data.at;
    this.keep();
    this.form.dispatchEvent(new CustomEvent("autosaved", { detail: { data, autosave: this } }));
    const bad = this.refused.size;
    if (bad) this.say(`有 ${bad} 格没有保存，原因见各格；其余已保存 ${data.at}`, "bad");
    else if (!this.dirty.size) this.say(`已保存 ${data.at}`);
    if (this.waiting().length) this.soon(PAUSE);
  }

  say(words, tone = "") {
    const line = this.form.querySelector("[data-save-state]");
    line.textContent = words;
    line.dataset.tone = tone;
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  form.autosave = new Autosave(form);
});
