// Where the phone is, at the start and at the end of a visit only. Refusing is no obstacle; that it was refused is sent.

const TIMEOUT = 8000;
const DENIED = 1;

function set(box, name, value) {
  const input = box.closest("form").elements[name];
  if (input) input.value = value;
}

function ask(box, line) {
  line.textContent = "正在定位…";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      set(box, "located", "given");
      set(box, "latitude", coords.latitude.toFixed(6));
      set(box, "longitude", coords.longitude.toFixed(6));
      set(box, "accuracy", Math.round(coords.accuracy));
      line.textContent = `已定位，误差约 ${Math.round(coords.accuracy)} 米。`;
    },
    (error) => {
      const isDenied = error.code === DENIED;
      set(box, "located", isDenied ? "denied" : "failed");
      line.textContent = isDenied ? "没有允许定位。可以照常提交，记录里会写明没有定位。" : "没有定位成功。可以照常提交，记录里会写明没有定位。";
    },
    { enableHighAccuracy: true, timeout: TIMEOUT, maximumAge: 60000 },
  );
}

document.querySelectorAll("[data-place]").forEach((box) => {
  const button = box.querySelector("button");
  const line = box.querySelector("[role=status]");
  if (!navigator.geolocation) {
    set(box, "located", "failed");
    return;
  }
  box.hidden = false;
  button.addEventListener("click", () => ask(box, line));
});
