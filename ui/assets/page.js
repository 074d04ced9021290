// The chat page's own script: copying, unfolding, jumping to a source, asking again.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  const address = new URL(location.href);
  const compact = address.searchParams.get("compact") === "1";
  root.classList.toggle("compact", compact);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const DRAFT = "metrology.draft";
  const HERE = "\ue000"; // in a text to be copied: this site's address
  const say = (detail) => document.dispatchEvent(new CustomEvent("metrology", { detail }));
  const typed = () => document.querySelector("#question textarea");
  const { name, language } = JSON.parse(document.getElementById("words").textContent);
  const quietly = (work) => { try { return work(); } catch { return null; } }; // storage may be refused

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
      await copy(button.dataset.copy.replaceAll(HERE, location.origin));
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

  const onUnfold = (button) => {
    const open = document.getElementById(button.getAttribute("aria-controls")).classList.toggle("unfolded");
    button.setAttribute("aria-expanded", String(open));
    [button.textContent, button.dataset.unfold] = [button.dataset.unfold, button.textContent];
  };

  // Within another site's page no cookie remembers the language: what is opened from here is asked for in it.
  const speak = (link) => {
    const spoken = address.searchParams.get("lang"), to = new URL(link.href);
    if (!spoken || to.origin !== location.origin || to.searchParams.has("lang")) return;
    to.searchParams.set("lang", spoken);
    link.href = to;
  };

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-copy]")) onCopy(hit("[data-copy]"));
    if (hit("[data-ask]")) say({ name: "ask", question: hit("[data-ask]").dataset.ask });
    if (hit("[data-unfold]")) onUnfold(hit("[data-unfold]"));
    if (hit("[data-repeat]")) say({ name: "repeat" });
    if (hit("[data-revise]")) revise(true);
    if (hit("[data-stop-revising]")) revise(false);
    if (hit("a.ref")) onReference(event, hit("a.ref"));
    else if (hit("a[href]")) speak(hit("a[href]"));
  });

  // Editing the last question: it comes back into the box; Escape leaves the answer as it was.
  const editing = () => document.querySelector("#editing .editing");
  const revise = (on) => {
    say({ name: "revise", on });
    if (on && typed()) typed().focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (editing()) revise(false);
    else if (compact && window.parent !== window) {
      window.parent.postMessage({ type: "metrology-widget:close" }, "*"); // says nothing about the talk
    }
  });

  // The newest question stays at the top of the view while its answer arrives.
  let seen = null;
  const follow = () => {
    const turns = document.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    const now = last ? `${turns.length} ${last.dataset.state === "waiting"} ${last.querySelector(".asked").textContent}` : "";
    if (now === seen) return; // a draft that becomes the answer stays put
    seen = now;
    if (!last) return;
    quietly(() => sessionStorage.removeItem(DRAFT));
    last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    if (address.searchParams.get("q")) { // asked once: a reload shows the answer and does not ask again
      address.searchParams.delete("q");
      history.replaceState(history.state, "", address);
    }
  };
  // Of a long quote that fits after all nothing is hidden.
  const fold = () => document.querySelectorAll(".quote.long:not(.unfolded) p").forEach((text) => {
    const button = document.querySelector(`[aria-controls="${CSS.escape(text.parentNode.id)}"]`);
    if (button) button.hidden = text.scrollHeight <= text.clientHeight + 1;
  });
  const titled = () => { // the framework knows the name in Chinese alone, and the browser's language instead of the page's
    if (document.title !== name) document.title = name;
    if (root.lang !== language) root.lang = language;
  };
  const drawn = () => { titled(); follow(); fold(); document.dispatchEvent(new Event("metrology:drawn")); };
  new MutationObserver(drawn).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state", "lang"] });
  addEventListener("resize", fold);
})();
