// Of several ways to do a thing only the chosen one is shown: parts with [data-way] (one or more ways) follow the radio buttons "way".
// Without this file all of them are there.

function show(form) {
  const chosen = form.querySelector("input[name=way]:checked");
  form.querySelectorAll("[data-way]").forEach((part) => {
    part.hidden = Boolean(chosen) && !part.dataset.way.split(" ").includes(chosen.value);
  });
  window.dispatchEvent(new Event("resize")); // a pad that was hidden has no width until now
}

document.querySelectorAll("form").forEach((form) => {
  if (!form.querySelector("[data-way]")) return;
  form.addEventListener("change", (event) => {
    if (event.target.name === "way") show(form);
  });
  show(form);
});
