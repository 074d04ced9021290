// Embeds the question page in any web site:
//   <script src="https://bot.example.gov.cn/widget.js" data-plan="xiamen" defer></script>
// Everything lives in a shadow root with its own style sheet object, so no style leaks in or out and a host page with a
// strict content policy needs to allow this script and a frame of its origin only.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || window.__metrologyWidget) return;
  window.__metrologyWidget = true;

  const words = __WORDS__;
  const base = new URL(script.src, document.baseURI);
  const options = script.dataset;
  const left = options.position === "left";
  const color = CSS.supports("color", options.color || "") ? options.color : "#0f5b78";
  const address = (compact) => {
    const url = new URL("./", base);
    if (compact) url.searchParams.set("compact", "1");
    if (options.plan) url.searchParams.set("plan", options.plan);
    return url.href;
  };

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif; }
    [hidden] { display: none !important; }
    .open, .panel { position: fixed; z-index: 2147483000; ${left ? "left" : "right"}: max(20px, env(safe-area-inset-right)); }
    .open { bottom: 20px; display: flex; align-items: center; gap: 10px; padding: 10px 18px 10px 12px; border: 0;
      border-radius: 999px; background: ${color}; color: #fff; font-size: 16px; font-weight: 600; cursor: pointer;
      box-shadow: 0 6px 24px rgb(0 0 0 / .28); }
    .open img { width: 28px; height: 28px; border-radius: 8px; }
    .open:hover { filter: brightness(1.08); }
    button:focus-visible, a:focus-visible { outline: 3px solid #f2c14e; outline-offset: 2px; }
    .panel { bottom: 20px; width: 420px; height: min(680px, calc(100vh - 40px)); display: flex; flex-direction: column;
      overflow: hidden; border-radius: 16px; background: #fff; box-shadow: 0 16px 56px rgb(0 0 0 / .32); }
    .bar { display: flex; align-items: center; gap: 4px; padding: 8px 8px 8px 16px; background: ${color}; color: #fff; }
    .bar strong { flex: 1; font-size: 16px; font-weight: 600; }
    .bar a, .bar button { display: grid; place-items: center; width: 40px; height: 40px; border: 0; border-radius: 10px;
      background: none; color: #fff; cursor: pointer; }
    .bar a:hover, .bar button:hover { background: rgb(255 255 255 / .16); }
    svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; }
    iframe { flex: 1; width: 100%; border: 0; background: #f5f7f9; }
    @media (prefers-color-scheme: dark) { .panel { background: #10171f; } iframe { background: #10171f; } }
    @media (max-width: 520px) { .panel { inset: 0; width: auto; height: auto; border-radius: 0; } }
  `;

  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];

  const element = (name, properties, attributes = {}) => {
    const made = Object.assign(document.createElement(name), properties);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const icon = (path) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(space, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };

  const open = element("button", { type: "button", className: "open" }, { "aria-label": words.open, "aria-expanded": "false" });
  open.append(element("img", { src: new URL(words.icon, base).href, alt: "" }), options.label || words.button);
  const panel = element("div", { className: "panel", hidden: true }, { role: "dialog", "aria-label": words.frame });
  const bar = element("div", { className: "bar" });
  const full = element("a", { href: address(false), target: "_blank", rel: "noopener", title: words.full }, { "aria-label": words.full });
  full.append(icon("M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5"));
  const close = element("button", { type: "button", className: "close", title: words.close }, { "aria-label": words.close });
  close.append(icon("M6 6l12 12M18 6L6 18"));
  bar.append(element("strong", { textContent: options.label || words.button }), full, close);
  panel.append(bar);
  shadow.append(open, panel);

  let frame = null;
  const show = () => {
    if (!frame) { // loaded on first use, so that the host page stays as fast as it was
      frame = element("iframe", { title: words.frame, src: address(true) }, { allow: "clipboard-write" });
      panel.append(frame);
    }
    panel.hidden = false;
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    close.focus();
  };
  const hide = () => {
    panel.hidden = true;
    open.hidden = false;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  };
  open.addEventListener("click", show);
  close.addEventListener("click", hide);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  window.addEventListener("message", (event) => {
    const ours = frame && event.source === frame.contentWindow && event.origin === base.origin;
    if (ours && event.data && event.data.type === "metrology-widget:close") hide();
  });

  const attach = () => document.body.append(host);
  if (document.body) attach(); else document.addEventListener("DOMContentLoaded", attach);
})();
