// The queue: a form is first stored on the phone, then sent; it counts as received only with the server's receipt.
// Sending needs nothing but an open page and a network: on load, when the network is back, when the page is seen again,
// every minute, and by the button. The same item sent twice has one effect, so a lost answer costs nothing.

import { change, newId, read, remove, seal, unseal, write } from "./store.js";
import { sendPieces, isLarge, Refusal } from "./pieces.js";
import { contentDigest, secretKey, sha256, sign } from "./signing.js";

export const WAITING = "waiting";
export const SENT = "sent";
export const RECEIVED = "received";
export const REFUSED = "refused";
export const CONFLICT = "conflict";
export const MOST_ITEMS = 200;
export const MOST_BYTES = 500 * 1024 * 1024;
export const WARN_AT = 0.8;
const HOUR = 3600 * 1000;
const KEY_RENEWED_AFTER = 12 * HOUR;
const KEPT_AFTER_RECEIPT = 24 * HOUR;
const SEND_TIMEOUT = 120 * 1000;

const words = new TextEncoder();
const listeners = [];
export const onChange = (listener) => listeners.push(listener);
const tell = () => listeners.forEach((listener) => listener());

export class QueueFull extends Error {}

const meta = (name) => {
  const found = document.querySelector(`meta[name="${name}"]`);
  return found ? found.content : "";
};
export const person = () => meta("field-person");
const base = () => meta("field-queue");

export async function all() {
  const found = (await read("items")) || [];
  return found.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
}

export async function mine() {
  return (await all()).filter((one) => one.person === person());
}

// Forms of one visit follow each other; stops on patrol do not.
async function sameVisit(path) {
  const visit = /^.*?\/m\/filing\/[^/]+\//.exec(path);
  return visit ? (await mine()).filter((one) => one.path.startsWith(visit[0])) : [];
}

export const isPending = (item) => item.state !== RECEIVED;

export async function used() {
  const found = (await all()).filter(isPending);
  const bytes = found.reduce((sum, one) => sum + one.size, 0);
  return { bytes, items: found.length, share: Math.max(bytes / MOST_BYTES, found.length / MOST_ITEMS) };
}

// What has its receipt is only a copy and gives way, oldest first; what still waits may fill the phone.
async function makeRoom(id, size) {
  const others = (await all()).filter((one) => one.id !== id);
  const copies = others.filter((one) => one.state === RECEIVED);
  let [items, bytes] = [others.length, others.reduce((sum, one) => sum + one.size, 0)];
  const isFull = () => items >= MOST_ITEMS || bytes + size > MOST_BYTES;
  while (isFull() && copies.length) {
    const copy = copies.shift();
    await remove("items", copy.id);
    items -= 1;
    bytes -= copy.size;
  }
  if (isFull()) throw new QueueFull();
}

// Stores the form. ``again`` is the item of this page when it was refused and is now corrected.
export async function put(form, { again = "" } = {}) {
  const entries = Array.from(new FormData(form).entries());
  const files = entries.filter(([, value]) => value instanceof File && (value.name || value.size));
  const id = again || (await freshId(form));
  const fields = entries
    .filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "op_id")
    .map(([name, value]) => [name, value]);
  fields.push(["op_id", id]);
  const size = files.reduce((sum, [, file]) => sum + file.size, 2000);
  await makeRoom(id, size);
  // Written while an earlier form of the same visit still waits: it belongs to that time, whatever the network does now.
  const follows = (await sameVisit(location.pathname)).some(isPending);
  const item = {
    id, person: person(), path: location.pathname, title: document.title.split(" - ")[0], createdAt: new Date().toISOString(),
    offline: follows || !navigator.onLine, state: WAITING, problems: [], receipt: "", url: "", lateReason: "", handOver: false, size,
  };
  item.payload = await seal(words.encode(JSON.stringify(fields)));
  item.files = [];
  const digests = [];
  for (const [name, file] of files) {
    const bytes = await file.arrayBuffer();
    const digest = await sha256(bytes);
    digests.push([name, digest]);
    item.files.push({ name, fileName: file.name, type: file.type, size: file.size, digest, sealed: await seal(bytes) });
  }
  item.body = await contentDigest(fields, digests);
  await store(item);
  tell();
  return item.id;
}

// A page kept for use without network carries the same id each time it is opened: an id is taken once on this phone.
async function freshId(form) {
  const given = form.elements.op_id ? form.elements.op_id.value : "";
  if (!/^[0-9a-f]{32}$/.test(given)) return newId();
  return change(["words"], (tables, box) => {
    const asked = tables.words.get(`taken:${given}`);
    asked.onsuccess = () => {
      box.value = asked.result ? newId() : given;
      tables.words.put({ id: `taken:${box.value}`, at: Date.now() });
    };
  });
}

// The counter moves and the item is stored in one transaction: a killed browser leaves both or neither. The signature
// needs the counter and cannot be made inside a transaction, so it is made for the next counter and tried again if
// another tab took that one.
async function store(item) {
  const signing = await read("keys", "sign");
  item.keyId = signing && signing.person === person() ? signing.keyId : "";
  const place = `counter:${item.keyId}`;
  for (let tries = 0; tries < 50; tries += 1) {
    const kept = await read("words", place);
    const before = kept ? kept.value : 0;
    item.counter = before + 1;
    item.mac = item.keyId ? await sign(signing.key, item, item.body) : "";
    const isStored = await change(["words", "items"], (tables, box) => {
      const asked = tables.words.get(place);
      asked.onsuccess = () => {
        box.value = (asked.result ? asked.result.value : 0) === before;
        if (!box.value) return;
        tables.words.put({ id: place, value: item.counter });
        tables.items.put(item);
      };
    });
    if (isStored) return;
  }
  throw new Error("no counter");
}

async function update(id, changed) {
  await change(["items"], (tables) => {
    const asked = tables.items.get(id);
    asked.onsuccess = () => {
      if (asked.result) tables.items.put({ ...asked.result, ...changed });
    };
  });
  tell();
}

// --- the server ---

export class SignedOut extends Error {}

// How much of a large item is at the server, for the list of this page; nothing of it has to outlive the page.
const shares = new Map();
export const shareOf = (item) => shares.get(item.id);

function report(id, share) {
  if (share === null) shares.delete(id);
  else shares.set(id, share);
  tell();
}

// Asks whose session this is. Raises SignedOut when it is nobody's or somebody else's.
async function ask() {
  const response = await fetch(`${base()}state/`, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (response.redirected || response.status === 403) throw new SignedOut();
  if (!response.ok) throw new Error(`state ${response.status}`);
  const state = await response.json();
  if (state.person !== person()) throw new SignedOut();
  return state;
}

export async function deviceId() {
  const kept = await read("words", "device");
  if (kept) return kept.value;
  const value = newId();
  await write("words", { id: "device", value });
  return value;
}

// The key of this shift is fetched while there is network, long before it is needed.
export async function renewKey() {
  const state = await ask();
  const kept = await read("keys", "sign");
  const isFresh = kept && kept.person === state.person && kept.shift === state.shift;
  if (isFresh && Date.now() - kept.at < KEY_RENEWED_AFTER) return;
  const body = new URLSearchParams({ device: await deviceId() });
  const headers = { "X-CSRFToken": state.csrf };
  const response = await fetch(`${base()}key/`, { method: "POST", credentials: "same-origin", headers, body });
  if (!response.ok || response.redirected) throw new Error(`key ${response.status}`);
  const given = await response.json();
  const key = await secretKey(given.secret);
  await write("keys", { id: "sign", key, keyId: given.key_id, shift: given.shift, person: state.person, at: Date.now() });
}

function envelope(item) {
  const said = {
    id: item.id, path: item.path, title: item.title, created_at: item.createdAt, sent_at: new Date().toISOString(),
    counter: item.counter, key_id: item.keyId, mac: item.mac, offline: item.offline, late_reason: item.lateReason,
    hand_over: item.handOver,
  };
  return btoa(String.fromCharCode(...words.encode(JSON.stringify(said))));
}

async function body(item) {
  const form = new FormData();
  const fields = JSON.parse(new TextDecoder().decode(await unseal(item.payload)));
  fields.forEach(([name, value]) => form.append(name, value));
  for (const one of item.files) {
    if (isLarge(item)) form.append("_pieces", JSON.stringify({ field: one.name, sha256: one.digest }));
    else form.append(one.name, new File([await unseal(one.sealed)], one.fileName, { type: one.type }));
  }
  return form;
}

// An item that was stored before the phone ever got a key is signed with the first one it gets.
async function signed(item) {
  if (item.mac) return item;
  await renewKey();
  const fresh = { ...item };
  await store(fresh);
  return fresh;
}

export async function send(id) {
  let item = await read("items", id);
  if (!item || item.state === RECEIVED || item.person !== person()) return item;
  const state = await ask();
  item = await signed(item);
  await update(id, { state: SENT });
  const abort = new AbortController();
  let timer = 0;
  try {
    if (isLarge(item)) await sendPieces(item, `${base()}piece/`, state.csrf, (share) => report(id, share));
    timer = setTimeout(() => abort.abort(), SEND_TIMEOUT);
    const response = await fetch(base(), {
      method: "POST", credentials: "same-origin", signal: abort.signal, body: await body(item),
      headers: { "X-CSRFToken": state.csrf, "X-Queue-Envelope": envelope(item), Accept: "application/json" },
    });
    await note(id, response);
  } catch (error) {
    if (error instanceof Refusal) await update(id, { state: REFUSED, problems: error.problems });
    else {
      await update(id, { state: WAITING, offline: true });
      throw error;
    }
  } finally {
    clearTimeout(timer);
    report(id, null);
  }
  return read("items", id);
}

// A record must not arrive before the start it belongs to: what still waits of the same visit goes first.
export async function sendInOrder(id) {
  const item = await read("items", id);
  for (const one of await sameVisit(item.path)) {
    if (one.counter < item.counter && isToSend(one)) await send(one.id);
  }
  return send(id);
}

async function note(id, response) {
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (response.redirected || !isJson) {
    const tooBig = response.status === 413 ? ["内容太大，服务器没有收下。请减少照片后再上传。"] : [];
    await update(id, tooBig.length ? { state: REFUSED, problems: tooBig } : { state: WAITING });
    if (response.redirected || response.status === 403) throw new SignedOut();
    return;
  }
  const said = await response.json();
  if (said.state === "refused") {
    await update(id, { state: REFUSED, problems: said.problems || [], receipt: said.receipt || "" });
  } else if (said.receipt) {
    const conflict = said.state === "conflict";
    await update(id, {
      state: RECEIVED, hadConflict: conflict, receipt: said.receipt, url: said.url || "", problems: said.problems || [],
      receivedAt: new Date().toISOString(), drift: said.drift || 0,
    });
    await write("words", { id: "last", at: new Date().toISOString() });
  } else {
    await update(id, { state: WAITING });
  }
}

// One tab at a time where the browser can say so; where it cannot, the server's receipt makes the second one harmless.
const alone = (work) => (navigator.locks ? navigator.locks.request("lishu-field-drain", work) : work());

export function drain() {
  return alone(async () => {
    await tidy();
    for (const item of await mine()) {
      if (isToSend(item)) await send(item.id);
    }
  });
}

export const age = (item) => Date.now() - Date.parse(item.createdAt);
export const keepHours = () => Number(meta("field-keep-hours")) || 72;
const isToSend = (item) => (item.state === WAITING || item.state === SENT) && !needsReason(item);
export const needsReason = (item) => age(item) > keepHours() * HOUR && !item.lateReason;

async function tidy() {
  for (const item of await all()) {
    if (item.state === RECEIVED && Date.now() - Date.parse(item.receivedAt) > KEPT_AFTER_RECEIPT) {
      await remove("items", item.id);
    }
  }
}

export const explain = (id, lateReason) => update(id, { lateReason, state: WAITING });
export const handOver = (id) => update(id, { handOver: true, state: WAITING });
export const lastUpload = async () => ((await read("words", "last")) || {}).at || "";

export async function open(id) {
  const item = await read("items", id);
  if (!item || item.person !== person()) return null;
  const fields = JSON.parse(new TextDecoder().decode(await unseal(item.payload)));
  const files = [];
  for (const one of item.files) {
    files.push([one.name, new File([await unseal(one.sealed)], one.fileName, { type: one.type })]);
  }
  return { item, fields, files };
}
