// The result beside a form changes while it is filled in. Only the result is swapped, never a field: what was typed, the
// focus and the draft stay as they are. Without this file the button 计算 does the same.

const live = document.querySelector("[data-live]");
const form = document.getElementById("act");

// A swap above the form moves everything below it: never under a pressed finger, and never what is being looked at.
let isPressed = false;
let isLate = false;
let held = null;

function lifted() {
  isPressed = false;
  if (!isLate) return;
  isLate = false;
  window.htmx.trigger(live, "again");
}

function still() {
  const inSight = (one) => {
    const edge = one.getBoundingClientRect();
    return edge.height > 0 && edge.bottom > 0 && edge.top < window.innerHeight;
  };
  const now = document.activeElement;
  if (now && form.contains(now) && inSight(now)) return now;
  return Array.from(form.querySelectorAll(".field")).find(inSight) || null;
}

function before(event) {
  const asked = event.detail.requestConfig;
  if (!asked || asked.elt !== live) return;
  const isOurs = event.detail.xhr.responseText.includes('id="live-body"'); // after a sign-out it is the sign-in page
  if (isPressed) isLate = true;
  if (!isOurs || isPressed || form.dataset.sent) event.detail.shouldSwap = false;
  else {
    const one = still();
    held = one && { one, top: one.getBoundingClientRect().top };
  }
}

function after() {
  if (!held) return;
  const moved = held.one.getBoundingClientRect().top - held.top;
  if (moved) window.scrollBy(0, moved);
  held = null;
}

function fill(event) {
  const button = event.target.closest && event.target.closest("[data-fill]");
  if (!button) return;
  const field = form.elements[button.dataset.fill];
  field.value = button.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

if (live && form && window.htmx) {
  document.documentElement.classList.add("still");
  document.addEventListener("pointerdown", () => { isPressed = true; }, true);
  ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, lifted, true));
  document.addEventListener("htmx:beforeSwap", before);
  document.addEventListener("htmx:afterSwap", after);
  document.addEventListener("click", fill);
}
