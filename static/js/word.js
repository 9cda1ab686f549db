// The word that changes with the server's time, on the page of a code or a certificate. Without network it says so and
// shows no word; after the end of its day it shows nothing at all.

const RETRY = 15;

class Word {
  constructor(box) {
    this.box = box;
    this.word = box.querySelector("[data-word-now]");
    this.time = box.querySelector("[data-word-time]");
    this.line = box.querySelector("[data-word-state]");
    this.expires = Number(box.dataset.expires || 0) * 1000;
    this.wait(Number(box.dataset.seconds || 1));
    window.addEventListener("online", () => this.fetch());
    window.addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.fetch();
    });
    if (!navigator.onLine) this.lost();
    else this.fetch();
  }

  wait(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), Math.max(1, seconds) * 1000 + 200);
  }

  async fetch() {
    if (this.isOver()) return;
    try {
      const response = await fetch(this.box.dataset.wordUrl, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!response.ok) throw new Error(String(response.status));
      const said = await response.json();
      this.word.textContent = said.word;
      this.time.textContent = said.now;
      this.line.textContent = "在线";
      this.box.classList.remove("is-offline");
      this.wait(said.seconds);
    } catch (error) {
      this.lost();
      this.wait(RETRY);
    }
  }

  lost() {
    if (this.isOver()) return;
    this.word.textContent = "————";
    this.line.textContent = this.box.dataset.offlineWords;
    this.box.classList.add("is-offline");
  }

  isOver() {
    const over = this.expires && Date.now() > this.expires;
    const card = document.querySelector("[data-card]");
    if (over && card) {
      const line = document.createElement("p");
      line.textContent = "这份电子证件的有效期已过，不能再出示。请联网后重新生成。";
      card.textContent = "";
      card.append(line);
    }
    return over;
  }
}

document.querySelectorAll("[data-word-url]").forEach((box) => new Word(box));
