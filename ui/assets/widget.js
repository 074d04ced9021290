// Embeds the question page in any web site:
//   <script src="https://bot.example.gov.cn/widget.js" data-city="厦门" defer></script>
// Everything lives in a shadow root with its own style sheet object, so no style leaks in or out, and a host page with a
// strict content policy needs to allow this script and a frame of its origin only. Several on a page stand in a row.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script) return;
  const base = new URL(script.src, document.baseURI);
  const options = script.dataset;
  const all = window.__metrologyWidgets = window.__metrologyWidgets || [];
  const number = all.length + 1;

  // An attribute that is not what it should be is told in the console, and the usual is taken.
  const valid = (name, pattern, usual) => {
    const value = (options[name] || "").trim();
    if (!value) return usual;
    if (pattern.test(value)) return value;
    console.warn(`widget.js: data-${name} "${value}" is not ${pattern}; "${usual}" is used.`);
    return usual;
  };
  const language = valid("lang", /^(zh|en)$/, "zh");
  const words = __WORDS__[language];
  const side = valid("position", /^(left|right)$/, "right");
  const plan = valid("plan", /^[\w-]{1,64}$/, "") || valid("city", /^[\p{L}\p{N}-]{1,32}$/u, "");
  const color = valid("color", /^#([\da-f]{3}|[\da-f]{6})$/i, "#0f5b78");
  const label = valid("label", /^.{1,20}$/u, words.button);
  const full6 = color.length === 4 ? color.replace(/[^#]/g, "$&$&") : color;
  const light = [1, 3, 5].map((at) => (parseInt(full6.slice(at, at + 2), 16) / 255) ** 2.2)
    .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
  // Whichever is read better on it.
  const ink = light > .18 ? "#000" : "#fff";
  const address = (more) => {
    const url = new URL("./", base);
    const asked = { ...more, ...(plan && { plan }), ...(language !== "zh" && { lang: language }) };
    url.search = new URLSearchParams(asked);
    return url.href;
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial !important; }
    * { box-sizing: border-box; font: 16px/1.4 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif; }
    [hidden] { display: none !important; }
    .open, .panel, .told { position: fixed; z-index: 2147483000; ${side}: max(20px, env(safe-area-inset-${side})); bottom: 20px; }
    .open { bottom: ${20 + 64 * all.filter((one) => one.side === side).length}px; display: flex; align-items: center; gap: 8px;
      min-height: 48px; max-width: calc(100vw - 40px); padding: 10px 18px 10px 14px; border: 0; border-radius: 999px;
      background: ${color}; color: ${ink}; font-weight: 600; cursor: pointer; box-shadow: 0 6px 24px rgb(0 0 0 / .28); }
    .open:hover { filter: brightness(1.08); }
    :focus-visible { outline: 3px solid #f2c14e; outline-offset: 2px; box-shadow: 0 0 0 6px #1b2733; }
    .told { margin: 0; max-width: 300px; padding: 12px 16px; border-radius: 12px; background: #1b2733; color: #fff; }
    .panel { z-index: 2147483001; width: 420px; height: min(680px, calc(100vh - 40px)); max-width: calc(100vw - 40px); display: flex;
      flex-direction: column; overflow: hidden; border-radius: 16px; background: #fff; box-shadow: 0 16px 56px rgb(0 0 0 / .32); }
    .bar { display: flex; align-items: center; gap: 4px; padding: 6px 8px 6px 16px; background: ${color}; color: ${ink}; }
    .bar strong { flex: 1; font-weight: 600; }
    .bar a, .bar button { display: grid; place-items: center; width: 44px; height: 44px; border: 0; border-radius: 10px;
      background: none; color: inherit; cursor: pointer; }
    svg { flex: none; width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    iframe { flex: 1; width: 100%; border: 0; background: #f5f7f9; color-scheme: auto; }
    @media (prefers-color-scheme: dark) { .panel, iframe { background: #10171f; } }
    @media (max-width: 520px) { .panel { inset: 0; width: auto; max-width: none; height: auto; border-radius: 0; } }
    @media print { * { display: none !important; } }`);
  const host = document.createElement("div");
  host.lang = words.lang;
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];

  const element = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const icon = (path) => {
    const [svg, line] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };
  const open = element("button", { type: "button", class: "open", "aria-label": words.open, "aria-haspopup": "dialog", "aria-expanded": "false",
    hidden: "" }, icon("M5 5h14v11h-7l-4 4v-4H5zM9 9h6M9 12h4"), label);
  const link = element("a", { href: address({}), target: "_blank", rel: "noopener", title: words.full, "aria-label": words.full },
    icon("M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5"));
  const close = element("button", { type: "button", class: "close", title: words.close, "aria-label": words.close }, icon("M6 6l12 12M18 6L6 18"));
  // Behind the frame: from here the focus goes round.
  const end = element("span", { tabindex: "0" });
  const panel = element("div", { class: "panel", role: "dialog", "aria-label": words.frame, hidden: "" },
    element("div", { class: "bar" }, element("strong", {}, label), link, close), end);
  const told = element("p", { class: "told", role: "status", hidden: "" });
  shadow.append(open, panel, told);

  // Is the service there? Asked with a script, as scripts of ours are what the host page's policy allows for certain.
  let refused = false;
  document.addEventListener("securitypolicyviolation", (event) => { if (event.blockedURI.includes("widget-alive")) refused = true; });
  const alive = () => new Promise((tell) => {
    // It cannot be known.
    if (refused) return tell(true);
    const probe = element("script", { src: new URL(`./widget-alive.js?${Date.now()}`, base).href });
    if (script.nonce) probe.nonce = script.nonce;
    const done = (up) => setTimeout(() => { probe.remove(); tell(up || refused); });
    setTimeout(done, 8000, false);
    probe.onload = () => done(true);
    probe.onerror = () => done(false);
    shadow.append(probe);
  });
  let looked = 0;
  let timer = 0;
  const look = async () => {
    looked = Date.now();
    clearTimeout(timer);
    const up = await alive();
    if (panel.hidden) open.hidden = !up;
    if (up) told.hidden = true;
    else timer = setTimeout(look, __RETRY__);
    return up;
  };

  let frame = null;
  const show = async () => {
    if (!await look()) {
      told.hidden = false;
      told.textContent = words.away;
      setTimeout(() => { told.hidden = true; }, 6000);
      return;
    }
    all.forEach((one) => one.hide(false));
    // Loaded on first use, so that the host page stays as fast as it was.
    if (!frame) {
      frame = element("iframe", { title: words.frame, src: address({ compact: 1, ...(number > 1 && { widget: number }) }), allow: "clipboard-write" });
      end.before(frame);
    }
    panel.hidden = false;
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    close.focus();
  };
  const hide = (back) => {
    if (panel.hidden) return;
    panel.hidden = true;
    open.hidden = false;
    open.setAttribute("aria-expanded", "false");
    if (back) open.focus();
  };
  open.addEventListener("click", show);
  close.addEventListener("click", () => hide(true));
  end.addEventListener("focus", () => link.focus());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide(true);
    if (event.key === "Tab" && event.shiftKey && shadow.activeElement === link) {
      event.preventDefault();
      frame.focus();
    }
  });
  addEventListener("message", ({ source, origin, data }) => {
    if (frame && source === frame.contentWindow && origin === base.origin && data && data.type === "metrology-widget:close") hide(true);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - looked > 60000) look(); });
  addEventListener("online", look);

  all.push({ side, hide });
  // Beside the body, which the host may move or scale.
  const attach = () => { document.documentElement.append(host); look(); };
  if (document.body) attach(); else document.addEventListener("DOMContentLoaded", attach);
})();
