// Signing out wipes everything of this person from the phone; with items not yet sent it first asks which way.

import { all, isPending } from "./queue.js";
import { usable, wipe } from "./store.js";

async function pending() {
  try {
    return (await all()).filter(isPending).length;
  } catch (error) {
    return 0;
  }
}

function guard(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.wiped) return;
    event.preventDefault();
    if (!form.dataset.leaveAnyway && (await pending()) > 0) {
      location.assign(form.dataset.leavePage);
      return;
    }
    await wipe();
    form.dataset.wiped = "1";
    form.submit();
  });
}

if (usable()) document.querySelectorAll("form[data-leave-page]:not([data-upload-first])").forEach(guard);
