// What lies on this phone: items of the queue, each sealed with a key that never leaves the browser (AES-GCM, not
// extractable), the key for signing, and a few words about the device. Nothing here is readable without the browser.

const NAME = "lishu-field";
const TABLES = ["items", "keys", "words"];

export const usable = () => Boolean(window.indexedDB && window.crypto && crypto.subtle && window.TextEncoder);

let opening = null;

function open() {
  if (opening) return opening;
  opening = new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => TABLES.forEach((name) => request.result.createObjectStore(name, { keyPath: "id" }));
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

// One transaction; ``work`` gets the tables and may keep one result in ``box.value``. Durable before it resolves.
export async function change(names, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, "readwrite", { durability: "strict" });
    const box = { value: undefined };
    transaction.oncomplete = () => resolve(box.value);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error || new Error("aborted"));
    work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])), box, transaction);
  });
}

export async function read(name, id) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const store = database.transaction(name).objectStore(name);
    const request = id === undefined ? store.getAll() : store.get(id);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const write = (name, row) => change([name], (tables) => tables[name].put(row));
export const remove = (name, id) => change([name], (tables) => tables[name].delete(id));

// Where the field pages are: the queue's page is one of them, and every page that needs this names it.
export function fieldPlace() {
  const meta = document.querySelector('meta[name="field-queue"]');
  const form = document.querySelector("form[data-leave-page]");
  const named = meta ? meta.content : form ? form.dataset.leavePage : location.pathname;
  return named.slice(0, named.indexOf("/m/") + 3);
}

// The worker stops keeping pages before they are deleted, or one still on its way would come back afterwards.
async function forgetPages() {
  const found = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration(fieldPlace()));
  const worker = found && found.active;
  if (!worker) return;
  const channel = new MessageChannel();
  await new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    worker.postMessage({ type: "forget" }, [channel.port2]);
    setTimeout(resolve, 2000);
  });
}

// Everything, as at sign-out: items, keys, kept pages, the worker itself.
export async function wipe() {
  await forgetPages();
  if (opening) (await opening).close();
  opening = null;
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
  if (window.caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  if (navigator.serviceWorker) {
    const found = await navigator.serviceWorker.getRegistrations();
    await Promise.all(found.map((one) => one.unregister()));
  }
}

async function sealingKey() {
  const kept = await read("keys", "seal");
  if (kept) return kept.key;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may both arrive here: the first one stays.
  return change(["keys"], (tables, box) => {
    const asked = tables.keys.get("seal");
    asked.onsuccess = () => {
      box.value = asked.result ? asked.result.key : fresh;
      if (!asked.result) tables.keys.put({ id: "seal", key: fresh });
    };
  });
}

export async function seal(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(), bytes) };
}

export async function unseal(sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, await sealingKey(), sealed.data);
}

export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
}
