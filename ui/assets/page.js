// The chat page's own script: copying, jumping to a source, compact mode inside the widget.
(() => {
  "use strict";
  const root = document.documentElement;
  root.lang = "zh-CN"; // the framework's page says "en"
  const compact = new URLSearchParams(location.search).get("compact") === "1";
  root.classList.toggle("compact", compact);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const area = document.createElement("textarea"); // plain http, as in many intranets, has no clipboard object
    area.value = text;
    area.style.cssText = "position:fixed;top:0;opacity:0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
  };

  const onCopy = async (button) => {
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    try {
      await copy(button.dataset.copy);
      button.textContent = button.dataset.copied;
    } catch {
      button.textContent = button.dataset.copyFailed;
    }
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = label; }, 2000);
  };

  const onReference = (event, link) => {
    event.preventDefault(); // the framework sets a base address, a plain fragment would reload the page
    const source = document.getElementById(link.getAttribute("href").slice(1));
    if (!source) return;
    source.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    source.focus({ preventScroll: true });
    source.classList.add("flash");
    setTimeout(() => source.classList.remove("flash"), 1800);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) onCopy(button);
    const link = event.target.closest("a.ref");
    if (link) onReference(event, link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && compact && window.parent !== window) {
      window.parent.postMessage({ type: "metrology-widget:close" }, "*"); // says nothing about the talk
    }
  });

  // The newest question stays at the top of the view while its answer arrives.
  let seen = "";
  const follow = () => {
    const turns = document.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    const now = last ? `${turns.length} ${last.dataset.state === "waiting"}` : ""; // a draft that becomes the answer stays put
    if (now === seen) return;
    seen = now;
    if (last) last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  };
  new MutationObserver(follow).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-state"],
  });
})();
