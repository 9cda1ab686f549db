// The start of every field page: the worker that keeps the pages, the queue, the line that says how things stand.

import * as forms from "./forms.js";
import * as panel from "./panel.js";
import * as queue from "./queue.js";
import { fieldPlace, usable } from "./store.js";

const EVERY = 60 * 1000;

async function keepPages() {
  if (!navigator.serviceWorker) return;
  const place = fieldPlace();
  await navigator.serviceWorker.register(`${place}worker.js`, { scope: place });
  const ready = await navigator.serviceWorker.ready;
  const links = Array.from(document.querySelectorAll("a[data-keep]"), (one) => one.href);
  const pages = [...new Set([location.href, ...links])].filter((one) => new URL(one).pathname.startsWith(place));
  if (ready.active) ready.active.postMessage({ type: "keep", person: queue.person(), pages });
}

async function leaving() {
  const form = document.querySelector("form[data-upload-first]");
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    await panel.run();
    const left = (await queue.mine()).filter(queue.isPending).length;
    const line = document.querySelector("[data-queue-said]");
    if (left && line) line.textContent = `还有 ${left} 份没有传上去，没有退出。`;
    else document.querySelector("form[data-leave-anyway] button").click();
  });
  form.dataset.held = "1";
}

function start() {
  panel.start();
  forms.start();
  leaving();
  panel.draw();
  const go = () => panel.run().then(() => queue.renewKey()).catch(() => {});
  go();
  window.addEventListener("online", go);
  window.addEventListener("offline", panel.draw);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") go();
  });
  setInterval(go, EVERY);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  keepPages().catch(() => {});
}

if (usable() && queue.person()) start();
