// Keeps the field pages readable without network. Scope /m/ only. Files of the release come from one cache; pages of a
// person from another, for that person alone: another person, a sign-out or an ended session empties it.
const VERSION = "{{ version }}";
const SHELL = `field-shell-${VERSION}`;
const PAGES = "field-pages";
const OFFLINE = "{% url 'phone-offline' %}";
const FILES = [{% for file in files %}"{{ file }}", {% endfor %}OFFLINE];
const PATIENCE = 5000;
const FRESH = 24 * 3600 * 1000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("field-shell-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

// Moves on when somebody signs out: a page that is still on its way then is not kept any more.
let round = 0;

self.addEventListener("message", (event) => {
  const said = event.data || {};
  if (said.type === "keep") event.waitUntil(keepAll(said.pages, said.person));
  if (said.type === "forget") {
    round += 1;
    event.waitUntil(caches.delete(PAGES).then(() => event.ports[0] && event.ports[0].postMessage("forgotten")));
  }
});

async function keepAll(pages, person) {
  const mine = round;
  for (const page of pages) {
    try {
      const response = await fetch(page, { credentials: "same-origin", redirect: "manual" });
      if (response.headers.get("X-Field-Person") === person) await keep(page, response, mine);
    } catch (error) {
      return; // no network any more: what is kept stays
    }
  }
}

const plain = (address) => {
  const url = new URL(address);
  return url.origin + url.pathname;
};

async function keep(address, response, mine) {
  const person = response.headers.get("X-Field-Person");
  if (!person || response.status !== 200 || mine !== round) return;
  const cache = await caches.open(PAGES);
  const first = (await cache.keys())[0];
  const kept = first && (await cache.match(first));
  if (kept && kept.headers.get("X-Field-Person") !== person) await caches.delete(PAGES);
  await (await caches.open(PAGES)).put(plain(address), response.clone());
  if (mine !== round) await caches.delete(PAGES);
}

async function keptPage(address) {
  const cache = await caches.open(PAGES);
  const found = await cache.match(plain(address));
  if (!found || Date.now() - Date.parse(found.headers.get("Date") || 0) > FRESH) return null;
  const end = Number(found.headers.get("X-Field-Expires") || 0); // a certificate is good on its own day only
  return end && Date.now() > end * 1000 ? null : found;
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("{{ static_url }}")) event.respondWith(file(request));
});

async function page(event) {
  const request = event.request;
  const mine = round;
  const kept = await keptPage(request.url);
  try {
    const response = await inTime(fetch(request), kept);
    if (response.type === "opaqueredirect" && kept) await caches.delete(PAGES); // the session is over
    if (response.ok) event.waitUntil(keep(request.url, response.clone(), mine));
    return response;
  } catch (error) {
    return kept || (await caches.match(OFFLINE)) || Response.error();
  }
}

// A weak network is as good as none when the page is kept.
function inTime(answer, kept) {
  if (!kept) return answer;
  const late = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("late")), PATIENCE);
  });
  return Promise.race([answer, late]);
}

async function file(request) {
  try {
    const response = await fetch(request);
    if (response.ok) return response;
  } catch (error) {
    // fall through to what was kept with the release
  }
  return (await caches.match(request, { ignoreSearch: true })) || Response.error();
}
