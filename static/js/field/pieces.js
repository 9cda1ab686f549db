// Large files go in pieces of 512 KB. The server always says how much it has, so after a cut or a killed browser the
// next try goes on from there; a piece sent twice changes nothing (lishu_law/web/uploads/pieces.py).

import { unseal } from "./store.js";
import { sha256 } from "./signing.js";

export const PIECE = 512 * 1024;
const PATIENCE = 120 * 1000;

// What the server would not take, in its words.
export class Refusal extends Error {
  constructor(problems) {
    super("refused");
    this.problems = problems;
  }
}

export const isLarge = (item) => item.files.some((one) => one.size > PIECE);

// Resolves when every file of the item is at the server whole. ``report`` gets the share that is there.
export async function sendPieces(item, url, csrf, report) {
  const total = item.files.reduce((sum, one) => sum + one.size, 0) || 1;
  let before = 0;
  for (const one of item.files) {
    const start = before;
    await sendFile(one, url, csrf, (have) => report((start + have) / total));
    before += one.size;
  }
}

async function sendFile(one, url, csrf, report) {
  const said = { sha256: one.digest, size: one.size, name: one.fileName };
  let have = await ask(url, csrf, said, new ArrayBuffer(0));
  report(have);
  if (have >= one.size) return;
  const bytes = await unseal(one.sealed);
  while (have < one.size) {
    const piece = bytes.slice(have, have + PIECE);
    const now = await ask(url, csrf, { ...said, offset: have, sum: await sha256(piece) }, piece);
    if (now <= have) throw new Error("no progress");
    have = now;
    report(have);
  }
}

async function ask(url, csrf, said, body) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const response = await fetch(`${url}?${new URLSearchParams(said)}`, {
      method: "POST", credentials: "same-origin", signal: abort.signal, body,
      headers: { "X-CSRFToken": csrf, "Content-Type": "application/octet-stream", Accept: "application/json" },
    });
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (response.redirected || !isJson) throw new Error(`piece ${response.status}`);
    const answer = await response.json();
    if (answer.state === "refused") throw new Refusal(answer.problems || []);
    return answer.have;
  } finally {
    clearTimeout(timer);
  }
}
