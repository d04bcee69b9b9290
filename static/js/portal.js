/* Small comforts; every page can be read and every form sent without them.
   Navigation folding, menus that close, a question before unsaved work is left, one sending per form, idle notice. */
(() => {
  "use strict";

  const wide = window.matchMedia("(min-width: 62rem)");
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // The navigation: folds to icons on a desk (remembered), opens below the masthead on a phone.
  each("[data-nav-toggle]", (button) => {
    button.addEventListener("click", () => {
      if (wide.matches) {
        const narrow = document.body.classList.toggle("nav-narrow");
        document.cookie = `nav=${narrow ? "narrow" : "wide"}; path=/; max-age=31536000; samesite=lax`;
      } else {
        button.setAttribute("aria-expanded", String(document.body.classList.toggle("nav-open")));
      }
    });
  });

  // A long navigation begins where one is. (Not scrollIntoView, which would move the page as well.)
  each(".sidenav-inner", (nav) => {
    const here = nav.querySelector("[aria-current]")?.getBoundingClientRect();
    const seen = nav.getBoundingClientRect();
    if (here && here.bottom > seen.bottom) nav.scrollTop = here.top - seen.top - seen.height / 2;
  });

  // Menus close on Escape and when something else is pressed.
  const closeMenus = (except) =>
    each("details[data-menu][open]", (menu) => {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details[data-menu][open]");
    closeMenus();
    menu?.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) {
      closeMenus();
      window.print();
    }
  });

  // What is folded on the screen, such as an annex, is printed all the same.
  const folded = "details[data-printed]:not([open])";
  window.addEventListener("beforeprint", () => {
    each(folded, (one) => {
      one.open = true;
      one.dataset.printed = "folded";
    });
  });
  window.addEventListener("afterprint", () => {
    each("details[data-printed=folded]", (one) => {
      one.open = false;
      one.dataset.printed = "";
    });
  });

  // After a refused form, the summary of errors is where one reads on.
  document.querySelector("[data-focus]")?.focus();

  // A date is typed, or chosen in the browser's calendar. A file shows its name.
  each(".day-field", (field) => {
    const [typed, calendar] = field.querySelectorAll("input");
    const button = field.querySelector("button");
    if (!calendar.showPicker) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      calendar.value = typed.value;
      calendar.showPicker();
    });
    calendar.addEventListener("change", () => {
      typed.value = calendar.value;
      typed.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  document.addEventListener("change", (event) => {
    const name = event.target.parentElement?.querySelector("[data-file-name]");
    if (name) name.textContent = event.target.files[0]?.name || "未选择文件";
    if (event.target.matches(BOUNDED)) fits(event.target);
  });

  // A file that is too large is refused at its field before it is sent: the server would not take the form at all.
  const BOUNDED = "input[type=file][data-most]";
  const fits = (field) => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.most));
    field.setCustomValidity(large ? field.dataset.more : "");
    return field.reportValidity();
  };
  document.addEventListener("submit", (event) => {
    if ([...event.target.querySelectorAll(BOUNDED)].every(fits)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });

  // Unsaved work: the browser asks before it is left.
  let unsaved = Boolean(document.querySelector("[data-unsaved]"));
  document.addEventListener("input", (event) => {
    if (event.target.closest("[data-guard]")) unsaved = true;
  });

  // Enter in a field whose change fetches the next choices does just that; it does not send the form.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[hx-trigger=change] input")) return;
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // When the server last knew this person. A session that has ended is led to the sign-in page.
  let heard = Date.now();
  const known = () =>
    fetch(window.location.href, { method: "HEAD", credentials: "same-origin" }).then((answer) => {
      const signedIn = !new URL(answer.url).pathname.startsWith("/accounts/login/");
      heard = signedIn ? Date.now() : 0;
      return signedIn;
    });

  // What was typed for longer than a minute (in a long text: always) is sent only where the session still stands: on the sign-in page it would be
  // lost. The reader is told, signs in anew in another window, and sends it again.
  const note = document.getElementById("idle-note");
  const tell = (words) => {
    note.hidden = false;
    note.querySelector("[data-idle-text]").textContent = words;
    note.querySelector("[data-idle-stay]").hidden = true;
  };
  const OVER = "登录已超时。本页内容仍在，请先在新窗口重新登录，再回到本页提交。";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!note || !form.matches("[data-guard], [data-guard] *")) return;
    const sure = form.dataset.guard === "always" ? 1500 : 60000;
    if (Date.now() - heard < sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    known().then(
      (signedIn) => {
        note.hidden = true;
        if (signedIn) form.requestSubmit(event.submitter);
        else tell(OVER);
      },
      () => tell("网络不通，没有提交。本页内容仍在，请稍后再试。"),
    );
  });

  // A form goes once. Its token is the one of now: somebody may have signed in again in another window meanwhile.
  const sending = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    sending.add(form);
    unsaved = false;
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token[1];
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) each("form", (form) => sending.delete(form));
  });

  // The session: five minutes before it ends for want of use a notice offers to go on; after that it says so.
  const idle = Number(document.body.dataset.idleSeconds || 0);
  if (idle > 0 && note) {
    const words = note.querySelector("[data-idle-text]");
    const stay = note.querySelector("[data-idle-stay]");
    const ahead = Math.min(300, idle / 2);
    const look = () => {
      const left = idle - (Date.now() - heard) / 1000;
      note.hidden = left > ahead;
      stay.hidden = left <= 0;
      words.textContent =
        left > 0 ? `您已较长时间没有操作，约 ${Math.max(1, Math.ceil(left / 60))} 分钟后将自动退出，请及时保存。` : OVER;
    };
    stay.addEventListener("click", () => {
      known().then(look);
    });
    document.body.addEventListener("htmx:afterRequest", () => {
      heard = Date.now();
    });
    window.setInterval(look, 15000);
  }
})();
