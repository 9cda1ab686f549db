// The line on top of every field page (在线/离线 · 待上传 n) and the list on the page 待上传.

import * as queue from "./queue.js";

const WORDS = {
  [queue.WAITING]: "等待上传", [queue.SENT]: "已发送，等待回执", [queue.RECEIVED]: "已收到回执", [queue.REFUSED]: "有冲突：没有通过",
};

function clock(text) {
  const moment = new Date(text);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

export async function drawLine() {
  const line = document.querySelector("[data-queue-line]");
  if (!line) return;
  const items = await queue.mine();
  const pending = items.filter(queue.isPending).length;
  const others = (await queue.all()).filter((one) => one.person !== queue.person() && queue.isPending(one)).length;
  const last = await queue.lastUpload();
  const room = await queue.used();
  const parts = [navigator.onLine ? "在线" : "离线", `待上传 ${pending} 份`];
  if (last) parts.push(`上次上传 ${clock(last)}`);
  if (others) parts.push(`本机还有其他人员 ${others} 份，请其登录后上传`);
  if (room.share >= queue.WARN_AT) parts.push(`本机空间已用 ${Math.round(room.share * 100)}%，请尽快上传`);
  line.textContent = parts.join(" · ");
  line.classList.toggle("is-pending", pending > 0 || others > 0 || room.share >= queue.WARN_AT);
  line.hidden = false;
}

function button(text, act, kind = "button second") {
  const one = document.createElement("button");
  one.type = "button";
  one.className = kind;
  one.textContent = text;
  one.addEventListener("click", act);
  return one;
}

function link(text, href) {
  const one = document.createElement("a");
  one.textContent = text;
  one.href = href;
  return one;
}

function stateWords(item) {
  if (item.state === queue.RECEIVED && item.hadConflict) return `有冲突，已交承办人处理，回执号 ${item.receipt}`;
  if (item.state === queue.RECEIVED) return `已收到回执 ${item.receipt}`;
  const share = queue.shareOf(item);
  if (item.state === queue.SENT && share !== undefined && share < 1) return `上传中 ${Math.floor(share * 100)}%`;
  return WORDS[item.state] || item.state;
}

function reasonBox(item) {
  const box = document.createElement("div");
  const label = document.createElement("label");
  label.textContent = `超过 ${queue.keepHours()} 小时才上传的原因`;
  const input = document.createElement("input");
  input.type = "text";
  input.maxLength = 300;
  input.id = `reason-${item.id}`;
  label.htmlFor = input.id;
  const go = button("写好了，上传", async () => {
    if (!input.value.trim()) {
      input.focus();
      return;
    }
    await queue.explain(item.id, input.value.trim());
    await run();
  });
  box.append(label, input, go);
  return box;
}

function row(item) {
  const line = document.createElement("li");
  line.className = `queue-item is-${item.state}`;
  line.dataset.item = item.id;
  line.dataset.state = item.hadConflict ? queue.CONFLICT : item.state;
  const title = document.createElement("p");
  const name = document.createElement("b");
  name.textContent = item.title;
  title.append(name, ` 手机时间 ${clock(item.createdAt)}${item.offline ? "（离线）" : ""}，照片 ${item.files.length} 张`);
  const state = document.createElement("p");
  state.className = "queue-state";
  state.textContent = stateWords(item);
  line.append(title, state);
  item.problems.forEach((text) => {
    const why = document.createElement("p");
    why.className = "error-text";
    why.textContent = text;
    line.append(why);
  });
  if (item.state === queue.REFUSED) {
    const acts = document.createElement("p");
    acts.append(link("打开改正", `${item.path}?item=${item.id}`), " ");
    acts.append(button("不改了，交承办人处理", () => queue.handOver(item.id).then(run)));
    line.append(acts);
  } else if (queue.isPending(item) && queue.needsReason(item)) line.append(reasonBox(item));
  else if (item.url) line.append(link("看记录", item.url));
  return line;
}

export async function drawList() {
  const list = document.querySelector("[data-queue-list]");
  if (!list) return;
  if (list.contains(document.activeElement) && document.activeElement.tagName === "INPUT") return;
  const items = (await queue.mine()).reverse();
  list.textContent = "";
  items.forEach((item) => list.append(row(item)));
  const empty = document.querySelector("[data-queue-empty]");
  if (empty) empty.hidden = items.length > 0;
}

const say = (text) => {
  const line = document.querySelector("[data-queue-said]");
  if (line) line.textContent = text;
};

export async function run() {
  try {
    await queue.drain();
    say("");
  } catch (error) {
    if (error instanceof queue.SignedOut) say("登录已超时，内容还在本机。请重新登录后上传。");
    else say(`现在没有网络。内容已存在本机，联网后自动上传。请在 ${queue.keepHours()} 小时内上传。`);
  }
  await draw();
}

export async function draw() {
  await drawLine();
  await drawList();
}

export function start() {
  queue.onChange(draw);
  const now = document.querySelector("[data-queue-now]");
  if (now) {
    now.hidden = false;
    now.addEventListener("click", () => {
      say("正在上传…");
      run();
    });
  }
}
