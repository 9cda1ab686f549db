// The total of the reviewer's sheet while it is filled in; where points are taken, the remark opens. The server counts
// anew on submit, so without this file nothing is lost but the running total.

const sheet = document.querySelector("[data-sheet]");
const line = document.getElementById("live-line");

function chosen(row) {
  const one = row.querySelector("input[type=radio]:checked");
  return one ? one.value : "";
}

function total() {
  const rows = Array.from(sheet.querySelectorAll("[data-room]"));
  const open = rows.filter((row) => chosen(row) === "").length;
  const isVetoed = rows.some((row) => chosen(row) === "yes");
  const lost = rows.reduce((sum, row) => sum + Math.min(Number(row.dataset.room), Number(chosen(row)) || 0), 0);
  const score = Number(sheet.dataset.sheet) - lost;
  line.textContent = `合计 ${score} 分${lost ? `（您扣 ${lost} 分）` : ""}${isVetoed ? "，一票否决" : ""}，${open ? `还有 ${open} 项没有判断` : "都已判断"}`;
}

function changed(event) {
  const row = event.target.closest("[data-room]");
  if (row && event.target.type === "radio" && !["0", "no"].includes(event.target.value)) {
    row.querySelector("details").open = true;
  }
  total();
}

if (sheet && line) {
  sheet.addEventListener("change", changed);
  total();
}
