// Shows what was chosen in a file field, says early when a file cannot be used, and its SHA-256 (first 8 digits).
// The server judges again and computes the digest itself.

const HASH_LIMIT = 220 * 1024 * 1024;

function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function accepted(file, accept) {
  const wanted = accept.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);
  if (!wanted.length) return true;
  const name = file.name.toLowerCase();
  return wanted.some((one) => {
    if (one.startsWith(".")) return name.endsWith(one);
    if (one.endsWith("/*")) return file.type.startsWith(one.slice(0, -1));
    return file.type === one || !file.type;
  });
}

function fault(file, input) {
  const most = Number(input.dataset.maxBytes || 0);
  if (!file.size) return "是空文件，没有内容。请重新选择文件。";
  if (most && file.size > most) return `${size(file.size)}，超过 ${size(most)}。照片请直接拍摄上传，视频请剪短。`;
  if (!accepted(file, input.accept || "")) return "这个文件不能用，请看上面的说明选择文件。";
  return "";
}

async function digest(file) {
  if (!window.crypto || !crypto.subtle || file.size > HASH_LIMIT) return "";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(hash.slice(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function list(input) {
  const box = document.createElement("div");
  box.className = "files";
  box.setAttribute("role", "status");
  input.insertAdjacentElement("afterend", box);
  input.addEventListener("change", () => {
    box.textContent = "";
    if (!input.files.length) return;
    const shown = document.createElement("ul");
    box.append(shown);
    Array.from(input.files).forEach((file) => {
      const line = document.createElement("li");
      const wrong = fault(file, input);
      line.textContent = wrong ? `${file.name}：${wrong}` : `${file.name}，${size(file.size)}`;
      line.className = wrong ? "error-text" : "";
      shown.append(line);
      if (wrong) return;
      digest(file).then((short) => {
        if (short) line.textContent += `，摘要 ${short}`;
      });
    });
  });
}

document.querySelectorAll('input[type="file"]').forEach(list);
