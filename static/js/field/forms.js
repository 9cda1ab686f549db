// Forms marked with data-queue go through the queue; everything else, and every form without a script, is sent as ever.

import * as queue from "./queue.js";
import { usable } from "./store.js";

const shown = { id: "", busy: false };

function statusLine(form) {
  let line = form.querySelector("[data-queue-status]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.queueStatus = "";
    line.setAttribute("role", "status");
    line.className = "status";
    form.querySelector(".bar").append(line);
  }
  return line;
}

function problems(form, texts) {
  const old = document.getElementById("queue-problems");
  if (old) old.remove();
  if (!texts.length) return;
  const box = document.createElement("div");
  box.id = "queue-problems";
  box.className = "notice notice-danger";
  box.tabIndex = -1;
  const title = document.createElement("h2");
  title.textContent = "还不能提交，请改好下面的内容（照片都在，不用重选）";
  const list = document.createElement("ul");
  texts.forEach((text) => {
    const line = document.createElement("li");
    line.textContent = text;
    list.append(line);
  });
  box.append(title, list);
  form.before(box);
  box.focus();
}

function leave(url) {
  markDone();
  location.assign(url);
}

// What is stored must not be typed again on the way out: the draft stops, the form is marked as sent.
function markDone() {
  document.querySelectorAll("form[data-queue]").forEach((form) => {
    form.dataset.sent = "1";
  });
}

function whyNotStored(error) {
  if (error instanceof queue.QueueFull) {
    const most = `${queue.MOST_ITEMS} 份、${queue.MOST_BYTES / 1024 / 1024} MB`;
    return `本机待上传的内容已满（最多 ${most}），这一份没有存下。请不要离开这一页，到有网络的地方上传后再点一次。`;
  }
  if (error.name === "QuotaExceededError") {
    return "手机的存储空间不够，这一份没有存下。请不要离开这一页，腾出手机空间后再点一次。";
  }
  return "没有存到本机，请不要离开这一页，再试一次。";
}

async function take(form) {
  const line = statusLine(form);
  line.textContent = "正在存到本机…";
  try {
    shown.id = await queue.put(form, { again: shown.id });
  } catch (error) {
    line.textContent = whyNotStored(error);
    return;
  }
  line.textContent = "已存在本机，正在上传…";
  let item = null;
  try {
    item = await queue.sendInOrder(shown.id);
  } catch (error) {
    leave(`${form.dataset.queuePage}?stored=${shown.id}`);
    return;
  }
  if (item && item.state === queue.RECEIVED) leave(item.url || form.dataset.queuePage);
  else if (item && item.state === queue.REFUSED) {
    line.textContent = "";
    problems(form, item.problems);
  } else leave(`${form.dataset.queuePage}?stored=${shown.id}`);
}

function intercept(form) {
  form.addEventListener(
    "submit",
    (event) => {
      const helper = event.submitter && event.submitter.name;
      if (helper && navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (helper) {
        statusLine(form).textContent = "现在没有网络，这个按钮要有网络才能用。请直接填写。";
        return;
      }
      if (shown.busy) return;
      shown.busy = true;
      take(form).finally(() => {
        shown.busy = false;
      });
    },
    true,
  );
  form.dataset.held = "1"; // from here on nothing leaves the form except through the queue
}

// The page is opened to correct an item: its words and photos come back from this phone.
async function refill(form) {
  const id = new URLSearchParams(location.search).get("item");
  if (!id) return;
  const found = await queue.open(id);
  if (!found || found.item.path !== location.pathname || found.item.state === queue.RECEIVED) return;
  shown.id = id;
  Array.from(form.elements).forEach((control) => {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = found.fields.some(([name, value]) => name === control.name && value === control.value);
    } else if (control.type === "file") {
      const kept = new DataTransfer();
      found.files.filter(([name]) => name === control.name).forEach(([, file]) => kept.items.add(file));
      control.files = kept.files;
      control.dispatchEvent(new Event("change"));
    } else if (control.name && !["csrfmiddlewaretoken", "op_id", "version"].includes(control.name)) {
      const value = found.fields.find(([name]) => name === control.name);
      if (value) control.value = value[1];
      control.dispatchEvent(new Event("refilled"));
    }
  });
  problems(form, found.item.problems);
}

export function start() {
  if (!usable() || !queue.person()) return;
  document.querySelectorAll("form[data-queue]").forEach((form) => {
    intercept(form);
    refill(form);
  });
}
