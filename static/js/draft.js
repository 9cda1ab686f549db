// Saves what stands in an act's form to the server: 10 s after a change, on leaving a field and on leaving the page.
import { csrfToken } from "./form.js";

const WAIT = 10000;
const KEEPALIVE_LIMIT = 60000;
const PRESS_WAIT = 200;

// A press takes the focus from a field, the field is saved, and the answer may come before the finger is lifted. A line
// of words that appears just then moves the button away under the finger and the press is lost: words wait for its end.
let isPressed = false;
document.addEventListener("pointerdown", () => { isPressed = true; }, true);
["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, () => { isPressed = false; }, true));

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.timer = 0;
    this.words = "";
    this.changed = false;
    this.sending = false;
  }

  start() {
    this.form.addEventListener("input", () => this.touch());
    this.form.addEventListener("change", () => this.touch());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
  }

  stop() {
    clearTimeout(this.timer);
    this.changed = false;
  }

  touch() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  body() {
    const body = new URLSearchParams();
    new FormData(this.form).forEach((value, name) => {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") body.append(name, value);
    });
    body.append("_draft_key", this.form.dataset.draftKey);
    body.append("_draft_title", this.form.dataset.draftTitle || "");
    return body;
  }

  async save() {
    if (!this.changed || this.sending || this.form.dataset.sent) return;
    clearTimeout(this.timer);
    this.changed = false;
    this.sending = true;
    const body = this.body();
    try {
      const response = await fetch(this.form.dataset.draftUrl, {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
        body,
        credentials: "same-origin",
        keepalive: body.toString().length < KEEPALIVE_LIMIT,
      });
      await this.report(response);
    } catch (error) {
      this.again("现在没有网络，内容还在这一页上。联网后会再保存。");
    } finally {
      this.sending = false;
    }
  }

  async report(response) {
    if (response.redirected || response.status === 403) {
      this.again("登录已超时。请在新窗口重新登录，这一页先不要关。");
      return;
    }
    const type = response.headers.get("Content-Type") || "";
    const answer = type.startsWith("application/json") ? await response.json() : {};
    if (response.ok && answer.saved_at) this.say(`已自动保存 ${answer.saved_at}`);
    else if (answer.error) this.say(answer.error);
    else this.again("这次没有自动保存上，稍后会再试。");
  }

  again(words) {
    this.say(words);
    this.touch();
  }

  say(words) {
    this.words = words;
    this.show();
  }

  show() {
    if (isPressed) setTimeout(() => this.show(), PRESS_WAIT);
    else this.status.textContent = this.words;
  }
}

document.querySelectorAll("form[data-draft-url]").forEach((form) => {
  if (form.querySelector("[data-draft-status]")) new Draft(form).start();
});
