// A pad to sign on by finger, pen or mouse. It fills a hidden input with strokes of [x, y, milliseconds]; the server
// judges and draws them again. Used by every page whose form has a [data-pad] input; without this file the form offers
// the way on paper.

const HEIGHT = 200;
const FEWEST_STROKES = 3;
const FEWEST_POINTS = 500;
const MOST_POINTS = 15000;

class Pad {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.strokes = [];
    this.began = 0;
    this.drawing = false;
    this.build();
    this.restore();
    window.addEventListener("resize", () => this.redraw());
    input.addEventListener("refilled", () => this.restore());
    if (this.form) this.form.addEventListener("input", (event) => this.changed(event));
    document.addEventListener("submit", (event) => this.judge(event), true); // before the form goes into the queue
  }

  build() {
    const field = this.input.closest(".field");
    const label = field && field.querySelector("label");
    const name = label ? label.textContent.trim() : "签名";
    this.box = document.createElement("div");
    this.box.className = "pad";
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", `${name}：签名框，用手指、笔或者鼠标书写`);
    this.line = document.createElement("p");
    this.line.className = "hint";
    this.line.setAttribute("role", "status");
    const acts = document.createElement("p");
    acts.className = "row";
    acts.append(this.button("撤销一笔", () => this.undo()), this.button("清除", () => this.clear()));
    this.box.append(this.canvas, this.line, acts);
    this.input.after(this.box);
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.draw(event));
    ["pointerup", "pointercancel"].forEach((name_) => this.canvas.addEventListener(name_, () => this.end()));
  }

  button(text, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "button second";
    one.textContent = text;
    one.addEventListener("click", act);
    return one;
  }

  get width() {
    return Math.max(1, Math.round(this.canvas.clientWidth));
  }

  restore() {
    this.strokes = [];
    try {
      const kept = JSON.parse(this.input.value || "null");
      const scale = kept ? this.width / kept.w : 1;
      if (kept) this.strokes = kept.strokes.map((stroke) => stroke.map(([x, y, at]) => [Math.round(x * scale), y, at]));
    } catch (error) {
      this.input.value = "";
    }
    this.redraw();
  }

  place(event) {
    const edge = this.canvas.getBoundingClientRect();
    const inside = (value, most) => Math.min(Math.max(Math.round(value), 0), most);
    return [inside(event.clientX - edge.left, this.width), inside(event.clientY - edge.top, HEIGHT), this.moment()];
  }

  moment() {
    const now = Math.round(performance.now());
    if (!this.began) this.began = now;
    return now - this.began;
  }

  begin(event) {
    if (event.button > 0 || this.points() > MOST_POINTS) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.drawing = true;
    this.strokes.push([this.place(event)]);
    this.redraw();
  }

  draw(event) {
    if (!this.drawing || this.points() > MOST_POINTS) return;
    event.preventDefault();
    const events = event.getCoalescedEvents ? event.getCoalescedEvents() : [event];
    const stroke = this.strokes[this.strokes.length - 1];
    (events.length ? events : [event]).forEach((one) => stroke.push(this.place(one)));
    this.redraw();
  }

  end() {
    if (!this.drawing) return;
    this.drawing = false;
    this.store();
  }

  undo() {
    this.strokes.pop();
    this.store();
  }

  clear(words = "") {
    this.strokes = [];
    this.began = 0;
    this.store(words);
  }

  points() {
    return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  }

  store(words = "") {
    const isEmpty = !this.strokes.length;
    this.input.value = isEmpty ? "" : JSON.stringify({ w: this.width, h: HEIGHT, strokes: this.strokes });
    this.redraw();
    this.line.textContent = words || (isEmpty ? "" : this.isEnough() ? "已签名。" : "请写完整的姓名。");
  }

  isEnough() {
    return this.strokes.filter((stroke) => stroke.length > 1).length >= FEWEST_STROKES || this.points() >= FEWEST_POINTS;
  }

  // Said here already: without network nobody could answer. The server judges again.
  judge(event) {
    const isHelper = event.submitter && event.submitter.name;
    if (event.target !== this.form || isHelper || !this.strokes.length || this.isEnough()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.line.textContent = "签名太简单，看不出姓名。请写完整的姓名，或者清除后签在纸上拍照上传。";
    this.box.scrollIntoView({ block: "center" });
  }

  // Whoever signed has signed what stood there then: a change afterwards asks for the signature again.
  changed(event) {
    const isSignature = event.target.matches("[data-pad], [data-place] input");
    if (isSignature || !this.strokes.length) return;
    this.clear("内容改过了，请重新签名。");
  }

  redraw() {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = this.width * ratio;
    this.canvas.height = HEIGHT * ratio;
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.strokeStyle = getComputedStyle(this.canvas).color;
    pen.fillStyle = pen.strokeStyle;
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    this.strokes.forEach((stroke) => {
      pen.beginPath();
      pen.moveTo(stroke[0][0], stroke[0][1]);
      stroke.forEach(([x, y]) => pen.lineTo(x, y));
      pen.lineTo(stroke[0][0] + 0.1, stroke[0][1]);
      if (stroke.length > 1) pen.moveTo(stroke[0][0], stroke[0][1]);
      pen.stroke();
    });
  }
}

document.querySelectorAll("input[data-pad]").forEach((input) => new Pad(input));
