// 公示防篡改登记簿校验程序。只需要 Node.js 20 以上，不用安装别的东西。
// 用法：node verify_register.mjs 网站地址 公钥 [以前存下的检查点文件]
// 没有出入时最后一行是“校验一致”，退出码 0；有出入的逐条列出，退出码 1。
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [site, key, lastFile] = [process.argv[2]?.replace(/\/+$/, ""), process.argv[3], process.argv[4]];
const faults = [];
const newest = new Map();
const LAST = ["withdraw", "expire"];
const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const byte = (value) => Buffer.from([value]);

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== null);
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

async function get(path) {
  const answer = await fetch(site + path, { redirect: "error" });
  if (answer.status === 429) { // the site counts requests: wait, then go on
    await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get("Retry-After") ?? 60)));
    return get(path);
  }
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
}

function readNote(text) {
  const parts = key.match(/^(.+?)\+([0-9a-f]{8})\+(.+)$/);
  const [body, lines] = text.split("\n\n");
  const [origin, size, root] = body.split("\n");
  const pub = Buffer.from(parts[3], "base64").subarray(1);
  const id = sha(Buffer.from(`${parts[1]}\n`), byte(1), pub).subarray(0, 4);
  if (origin !== parts[1] || id.toString("hex") !== parts[2]) throw new Error("公钥或者登记簿名称不符");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), pub]);
  const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
  const signed = lines.split("\n").some((line) => {
    const raw = Buffer.from(line.split(" ").pop(), "base64");
    const mine = line.startsWith(`— ${origin} `) && raw.subarray(0, 4).equals(id);
    return mine && verify(null, Buffer.from(`${body}\n`), publicKey, raw.subarray(4));
  });
  if (!signed) throw new Error("检查点没有这把公钥的签名");
  return { size: Number(size), root: Buffer.from(root, "base64") };
}

const joined = (hashes) => hashes.reduceRight((right, left) => (right ? sha(byte(1), left, right) : left), null);

function checkLeaf(line, place, before) {
  let said;
  try {
    said = JSON.parse(line);
    const right = Object.keys(said).sort().join() === "at,commit,ev,rid,seq,v,ver" && canonical(said) === line;
    if (!right || said.v !== 1 || said.seq !== place) throw new Error();
  } catch {
    faults.push(`第 ${place} 号叶子不合格式或者不在自己的位置`);
    return before;
  }
  const old = newest.get(said.rid);
  let follows = !old && said.ev === "publish" && said.ver === 1;
  if (said.ev === "anchor") follows = !old || said.ver >= old.ver;
  else if (old) follows = ["correct", ...LAST].includes(said.ev) && !LAST.includes(old.ev) && said.ver === old.ver + 1;
  if (!follows || said.at < before) faults.push(`第 ${place} 号叶子不能接在以前的登记后面`);
  newest.set(said.rid, said);
  return said.at;
}

async function checkLog() {
  const { size, root } = readNote((await get("/register/checkpoint")).body.toString());
  const wanted = [[size, root]];
  for (let before = size; before; ) {
    const listed = JSON.parse((await get(`/register/checkpoints.json?before=${before}`)).body).checkpoints;
    listed.forEach((one) => wanted.push([one.size, Buffer.from(one.root, "hex")]));
    before = listed.length ? listed.at(-1).size : 0;
  }
  if (lastFile) { const last = readNote(readFileSync(lastFile, "utf8")); wanted.push([last.size, last.root]); }
  const peaks = [], roots = new Map(wanted.map(([one]) => [one, null]));
  let place = 0, at = "";
  for (let tile = 0; tile * 256 < size; tile += 1) {
    const lines = (await get(`/register/tiles/${tile}`)).body.toString().split("\n").slice(0, -1);
    for (const line of lines.slice(0, size - place)) {
      at = checkLeaf(line, place, at);
      let hashed = sha(byte(0), Buffer.from(line));
      for (let index = place; index & 1; index >>= 1) hashed = sha(byte(1), peaks.pop(), hashed);
      peaks.push(hashed);
      place += 1;
      if (roots.has(place)) roots.set(place, joined(peaks));
    }
  }
  for (const [one, said] of wanted) if (!roots.get(one)?.equals(said)) faults.push(`检查点 ${one} 与登记不一致`);
  return size;
}

const plain = (value) => String(value).replace(/[\s¥,元]/g, "");
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", nbsp: " " };
const text = (html) => html.replace(/<[^>]*>/g, "").replace(/&(\w+|#\w+);/g, (whole, name) => NAMED[name] ?? whole);

async function checkRecord(rid, size) {
  const file = await get(`/penalties/${rid}.json`), page = await get(`/penalties/${rid}/`);
  try {
    const { register, content } = JSON.parse(file.body);
    const leaf = register.leaf >= size ? register : newest.get(rid);
    if (register.leaf >= size && Date.now() - Date.parse(register.at) > 3600e3) faults.push(`${rid} 一小时以后还没有检查点`);
    if (!leaf) return faults.push(`${rid} 正在公示，登记簿里没有`);
    if (["ver", "ev", "at", "commit"].some((name) => register[name] !== leaf[name])) faults.push(`${rid} 数据文件与登记不一致`);
    const commit = sha(Buffer.from(register.salt, "hex"), Buffer.from(canonical(content))).toString("hex");
    if (commit !== leaf.commit || content.version !== leaf.ver) faults.push(`${rid} 公示内容与登记的摘要不一致`);
    const status = LAST.includes(leaf.ev) ? 410 : 200;
    if (file.status !== status || page.status !== status) faults.push(`${rid} 登记是 ${leaf.ev}，网站回答 ${page.status}`);
    const shown = {};
    for (const one of page.body.toString().matchAll(/<(\w+)[^>]*\sdata-field="([^"]+)"[^>]*>([\s\S]*?)<\/\1>/g))
      (shown[one[2]] ??= []).push(plain(text(one[3])));
    for (const [name, value] of Object.entries(content)) {
      if (name === "version" || name === "files") continue;
      if ([value].flat().map(plain).join("\n") !== (shown[name] ?? []).join("\n")) faults.push(`${rid} 页面上的 ${name} 与数据文件不一致`);
    }
    for (const one of content.files ?? []) {
      const [digest, name] = [one.slice(0, 64), one.slice(65)];
      if (sha((await get(`/penalties/${rid}/${name}`)).body).toString("hex") !== digest) faults.push(`${rid} 文件 ${name} 与登记不一致`);
    }
  } catch (error) {
    faults.push(`${rid} 没有合格式的数据文件，网站回答 ${file.status}（${error.message}）`);
  }
  return faults.length;
}

async function shownRecords() {
  const found = new Set();
  for (let query = ""; query !== undefined; ) {
    const page = (await get(`/penalties/${query}`)).body.toString();
    for (const one of page.matchAll(/\/penalties\/(\d{4}-[a-z2-7]{10})\/"/g)) found.add(one[1]);
    query = page.match(/rel="next" href="([^"]+)"/)?.[1].replaceAll("&amp;", "&");
  }
  return found;
}

try {
  const size = await checkLog();
  const records = await shownRecords();
  for (const [rid, leaf] of newest) if (leaf.ev !== "anchor") records.add(rid);
  for (const rid of [...records].sort()) await checkRecord(rid, size);
  if (!faults.length) console.log(`校验一致：${size} 条登记，${records.size} 条公示`);
} catch (error) {
  faults.push(`不能校验：${error.message}`);
}
faults.forEach((fault) => console.log(`不一致：${fault}`));
if (faults.length) console.log(`有 ${faults.length} 处不一致`);
process.exitCode = faults.length ? 1 : 0;
