// The record of a visit: a failed point opens its details; before signing, what was filled in is shown to the party.

document.querySelectorAll("[data-point]").forEach((point) => {
  point.addEventListener("change", (event) => {
    if (event.target.type === "radio") point.querySelector("details").open = event.target.value === "不合格";
  });
});

const words = (control) => {
  if (control.type === "radio" || control.type === "checkbox") {
    const label = control.labels && control.labels[0];
    return control.checked && label ? label.textContent.trim() : "";
  }
  if (control.type === "file") return control.files.length ? `${control.files.length} 个文件` : "";
  if (control.tagName === "SELECT") return control.value ? control.selectedOptions[0].textContent.trim() : "";
  return control.type === "hidden" || control.type === "password" ? "" : control.value.trim();
};

function title(control) {
  const field = control.closest(".field");
  const legend = field && (field.querySelector("legend") || field.querySelector("label"));
  return legend ? legend.textContent.replace("（选填）", "").trim() : "";
}

function show(list, form) {
  list.textContent = "";
  Array.from(form.elements).forEach((control) => {
    if (!control.name || control.tagName === "FIELDSET" || control.tagName === "BUTTON") return;
    const text = words(control);
    const closed = control.closest("details:not([open])");
    if (!text || closed || control.closest("[data-signing]")) return;
    const part = document.createElement("div");
    const term = document.createElement("dt");
    const told = document.createElement("dd");
    term.textContent = title(control);
    told.textContent = text;
    part.append(term, told);
    list.append(part);
  });
}

document.querySelectorAll("[data-review]").forEach((box) => {
  const list = box.querySelector("dl");
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    show(list, box.closest("form"));
    list.hidden = false;
    list.focus();
  });
});
