// Scans a QR code with the camera into the field beside it: the browser's own reader where it has one, else the decoder
// that set-up put beside the site. Without a camera, a decoder or this file, the field is typed.

const EVERY = 200;
const LONGEST_EDGE = 800;

async function reader(address) {
  if (window.BarcodeDetector) {
    const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) {
      const own = new window.BarcodeDetector({ formats: ["qr_code"] });
      return async (canvas) => ((await own.detect(canvas))[0] || {}).rawValue || "";
    }
  }
  if (!address) return null;
  if (!window.jsQR) await load(address);
  return async (canvas, pen) => {
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
    const found = window.jsQR(picture.data, picture.width, picture.height);
    return found ? found.data : "";
  };
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

class Scanner {
  constructor(input) {
    this.input = input;
    this.stream = null;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button second";
    this.button.textContent = "扫一扫";
    this.button.addEventListener("click", () => (this.stream ? this.stop() : this.start()));
    this.line = document.createElement("p");
    this.line.className = "hint";
    this.line.setAttribute("role", "status");
    const acts = document.createElement("p");
    acts.append(this.button);
    this.input.after(acts, this.line);
    window.addEventListener("pagehide", () => this.stop());
  }

  async start() {
    this.line.textContent = "正在打开相机…";
    try {
      this.read = await reader(this.input.closest("form").dataset.decoder || "");
    } catch (error) {
      this.read = null;
    }
    if (!this.read) {
      this.line.textContent = "这台手机上扫不了码。请照营业执照填写信用代码。";
      return;
    }
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (error) {
      this.line.textContent = "没有打开相机，可能没有允许使用。请照营业执照填写信用代码。";
      return;
    }
    this.video = document.createElement("video");
    this.video.className = "scan";
    this.video.muted = true;
    this.video.setAttribute("playsinline", "");
    this.video.setAttribute("aria-label", "相机画面");
    this.video.srcObject = this.stream;
    this.line.before(this.video);
    await this.video.play().catch(() => {});
    this.button.textContent = "停止扫码";
    this.line.textContent = "请把营业执照上的二维码放进画面。";
    this.look();
  }

  async look() {
    if (!this.stream) return;
    const wide = this.video.videoWidth;
    const high = this.video.videoHeight;
    if (wide && high) {
      const scale = Math.min(1, LONGEST_EDGE / Math.max(wide, high));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(wide * scale);
      canvas.height = Math.round(high * scale);
      const pen = canvas.getContext("2d");
      pen.drawImage(this.video, 0, 0, canvas.width, canvas.height);
      const text = await this.read(canvas, pen).catch(() => "");
      if (text) {
        this.found(text);
        return;
      }
    }
    setTimeout(() => this.look(), EVERY);
  }

  found(text) {
    this.input.value = text.slice(0, 500);
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    const way = this.input.form.querySelector("[name=how][value=licence]");
    if (way) way.checked = true;
    this.stop();
    this.line.textContent = `扫到了：${text.slice(0, 60)}`;
    if (navigator.vibrate) navigator.vibrate(100);
  }

  stop() {
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    if (this.video) this.video.remove();
    this.button.textContent = "扫一扫";
    if (this.line.textContent.startsWith("请把")) this.line.textContent = "";
  }
}

if (navigator.mediaDevices) document.querySelectorAll("input[data-scan]").forEach((input) => new Scanner(input));
