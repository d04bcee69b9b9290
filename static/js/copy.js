/* One click copies the list of whom to call, and records that it was taken.
   Without this script the button opens a page with the text; where the clipboard is closed (plain http), the text is
   selected and copied the old way. */
const form = document.querySelector("[data-copy]");
const button = form?.querySelector("[data-copy-button]");
const field = form?.querySelector("[data-copy-text]");
const status = form?.querySelector("[data-copy-status]");

async function toClipboard(text) {
  field.value = text;
  field.hidden = false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

button?.addEventListener("click", async (event) => {
  event.preventDefault();
  status.textContent = "正在登记……";
  let answer;
  try {
    const sent = await fetch(button.getAttribute("formaction") ?? form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    answer = await sent.json();
    if (!sent.ok) {
      status.textContent = answer.message;
      return;
    }
  } catch {
    status.textContent = "未能登记（网络中断或登录已过期），请刷新后重试。";
    return;
  }
  const copied = await toClipboard(answer.text);
  status.textContent = copied ? `${answer.message}已复制到剪贴板。` : `${answer.message}请在下方选中文字复制。`;
});
