// The digest of a form's content and its signature with the key of this shift; the server computes the same
// (inspections/envelope.py).

const text = new TextEncoder();

export function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function sha256(bytes) {
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

const byName = (one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0);

// ``fields``: [name, text]; ``files``: [name, digest]. Sorting is stable, so each name keeps its own order.
export async function contentDigest(fields, files) {
  const lines = fields.map(([name, value]) => [name, value.replace(/\r\n/g, "\n")]).sort(byName);
  return sha256(text.encode(JSON.stringify([lines, files.slice().sort(byName)])));
}

export async function secretKey(secret) {
  const raw = Uint8Array.from(atob(secret), (one) => one.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

export async function sign(key, item, digest) {
  const words = [item.id, item.path, String(Date.parse(item.createdAt)), String(item.counter), digest].join("\n");
  return hex(await crypto.subtle.sign("HMAC", key, text.encode(words)));
}
