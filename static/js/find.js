// Choosing from a long list by a search line: a press on a hit fills the choice below in, nothing is sent.
// Without this file the same buttons send the form; the server keeps what was typed and shows the page again.

// What was asked before the choice may be answered after it: then it is not shown any more.
const DONE = "done";

function choose(button) {
  const box = button.closest("[data-find]");
  const choice = button.closest("form").elements[button.dataset.pick];
  choice.value = button.value;
  box.dataset[DONE] = "1";
  ["input", "change"].forEach((name) => choice.dispatchEvent(new Event(name, { bubbles: true })));
  const line = document.createElement("p");
  line.className = "hint";
  line.textContent = `已选：${choice.options[choice.selectedIndex].text}`;
  const hits = box.querySelector("[data-hits]");
  hits.textContent = "";
  hits.append(line);
  choice.focus();
}

function ask(box) {
  delete box.dataset[DONE];
  window.htmx.trigger(box.querySelector("input"), "find");
}

document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-pick]");
  const finds = event.target.closest("[data-find] button[name^=_find_]");
  if (!hit && !(finds && window.htmx)) return;
  event.preventDefault();
  if (hit) choose(hit);
  else ask(finds.closest("[data-find]"));
});

document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-find]");
  if (box) delete box.dataset[DONE];
});

document.addEventListener("keydown", (event) => {
  const box = event.target.closest && event.target.closest("[data-find]");
  if (!box || event.key !== "Enter" || event.isComposing || event.target.type !== "search" || !window.htmx) return;
  event.preventDefault();
  ask(box);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const box = event.detail.target.closest("[data-find]");
  if (box && box.dataset[DONE]) event.detail.shouldSwap = false;
});
