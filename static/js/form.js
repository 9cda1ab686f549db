// Small helps on every form: focus on the error summary, no accidental second submit, counters, 大写, show password.
// Everything works without this file.

const BUSY = "正在提交…";

function focusSummary(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}

function guardSubmit(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("button[type=submit]");
    if (!button) return;
    button.dataset.words = button.textContent;
    button.textContent = BUSY;
    button.setAttribute("aria-disabled", "true");
  });
}

// Back from the next page: the browser shows the old page as it was left; make its button usable again.
function wake() {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[data-words]").forEach((button) => {
      button.textContent = button.dataset.words;
      button.removeAttribute("aria-disabled");
    });
  });
}

function below(control, className) {
  const line = document.createElement("p");
  line.className = className;
  control.insertAdjacentElement("afterend", line);
  return line;
}

function countCharacters(area) {
  const most = Number(area.dataset.counter || area.getAttribute("maxlength"));
  const line = below(area, "counter");
  const show = () => {
    const used = Array.from(area.value).length;
    line.textContent = most ? `已写 ${used} 字，最多 ${most} 字` : `已写 ${used} 字`;
  };
  area.addEventListener("input", show);
  show();
}

const DIGITS = "零壹贰叁肆伍陆柒捌玖";

function fourDigits(group) {
  let words = "";
  let gap = false;
  ["仟", "佰", "拾", ""].forEach((place, index) => {
    const digit = Math.floor(group / 10 ** (3 - index)) % 10;
    if (!digit) {
      gap = gap || words !== "";
      return;
    }
    words += (gap ? "零" : "") + DIGITS[digit] + place;
    gap = false;
  });
  return words;
}

// A preview only; the server writes the 大写 of the document.
export function chineseUpper(text) {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.replace(/[,，\s¥￥元]/g, ""));
  if (!match) return "";
  const yuan = Number(match[1]);
  const fen = Number((match[2] || "").padEnd(2, "0"));
  let words = "";
  [1e8, 1e4, 1].forEach((size, index) => {
    const group = Math.floor(yuan / size) % 1e4;
    if (!group) return;
    const before = Math.floor(yuan / size / 1e4) > 0;
    words += (before && group < 1000 ? "零" : "") + fourDigits(group) + ["亿", "万", ""][index];
  });
  // A whole group of zeros in between is read as one 零.
  if (yuan >= 1e8 && Math.floor(yuan / 1e4) % 1e4 === 0 && yuan % 1e4 >= 1000) words = words.replace("亿", "亿零");
  if (words || !fen) words = (words || "零") + "元";
  if (!fen) return words + "整";
  const jiao = Math.floor(fen / 10);
  if (jiao) words += DIGITS[jiao] + "角";
  else if (words) words += "零";
  return fen % 10 ? words + DIGITS[fen % 10] + "分" : words;
}

function previewYuan(input) {
  const line = below(input, "preview");
  const show = () => {
    line.textContent = chineseUpper(input.value);
  };
  input.addEventListener("input", show);
  show();
}

function showPassword(input) {
  const box = document.createElement("div");
  box.className = "with-button";
  input.replaceWith(box);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second";
  button.textContent = "显示";
  button.setAttribute("aria-label", "显示口令");
  button.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.textContent = hidden ? "隐藏" : "显示";
    button.setAttribute("aria-label", hidden ? "隐藏口令" : "显示口令");
  });
  box.append(input, button);
}

export function csrfToken() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta ? meta.content : "";
}

document.querySelectorAll("form[data-act]").forEach(guardSubmit);
document.querySelectorAll("textarea[maxlength], [data-counter]").forEach(countCharacters);
document.querySelectorAll("[data-yuan]").forEach(previewYuan);
document.querySelectorAll('input[type="password"]').forEach(showPassword);
focusSummary(document);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) wake();
});
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target));
