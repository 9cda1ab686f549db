// 插入 beside a long text: the words of a prepared block go to the end of the text, nothing is sent.
// Without this file the same button sends the form; the server shows the page again with the words added.

// isPressed: by a finger or a mouse. The Enter key keeps the focus where it is: its own character would replace the gap.
function insert(button, isPressed) {
  const form = button.form;
  const area = form.elements[button.dataset.insert];
  const words = button.closest("li").querySelector("[data-words]").textContent;
  const before = area.value.replace(/\s+$/, "");
  area.value = before ? `${before}\n${words}` : words;
  remember(form, `${button.dataset.insert}:${button.value}`);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  const gap = /【待填：[^【】]*】/.exec(words);
  const start = area.value.length - words.length + (gap ? gap.index : 0);
  if (isPressed) {
    area.focus();
    area.setSelectionRange(start, start + (gap || [words])[0].length);
  }
  const said = button.closest("[data-blocks]").querySelector("[data-said]");
  said.textContent = gap ? "已插入到文字末尾，请核对，并写上【待填】的地方。" : "已插入到文字末尾，请核对。";
}

function remember(form, value) {
  const known = Array.from(form.querySelectorAll("input[name=_block]"));
  if (known.some((one) => one.value === value)) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "_block";
  field.value = value;
  form.append(field);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest("[data-insert]");
  if (!button) return;
  event.preventDefault();
  insert(button, event.detail > 0);
});
