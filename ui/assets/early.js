// The first picture of the page: its box is of use from the first moment. What is asked in it before the framework has
// come is shown as asked, held, and handed over with what is being typed; if the framework does not come, the form is
// sent as it would be without scripts.
(() => {
  "use strict";
  const { language, asked, waiting, empty, ahead } = JSON.parse(document.getElementById("words").textContent);
  const PATIENCE = 10000; // milliseconds from the question until the form is sent
  const LINGER = 3000; // milliseconds for the talk to show what was handed over
  const DRAFT = "metrology.draft";
  const linked = new URLSearchParams(location.search).has("q");
  const quietly = (work) => { try { return work(); } catch { return null; } }; // storage may be refused
  const picture = () => document.getElementById("first");
  const early = () => document.getElementById("first-question");
  const typed = () => document.querySelector("#question textarea");
  let held = ""; // the question that waits
  let overdue = 0;
  let handed = 0; // when it was handed over
  let composing = false; // a word of an input method is half written: its box must stay
  let broken = false; // a script of the page did not come

  // The framework asks for its files one after another; here for all at once, when the picture is drawn. Each as it
  // would itself, so that it finds them.
  const fetchAhead = () => document.head.append(...ahead.map((href) => {
    const link = document.createElement("link");
    if (!href.includes("/theme.css")) link.crossOrigin = "";
    [link.rel, link.as] = /\.css(\?|$)/.test(href) ? ["preload", "style"] : ["modulepreload", "script"];
    link.href = href;
    return link;
  }));
  requestAnimationFrame(() => setTimeout(fetchAhead));

  const made = (name, properties, ...inside) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...inside);
    return node;
  };
  const show = () => {
    const dots = made("span", { className: "dots" }, made("i", {}), made("i", {}), made("i", {}));
    dots.ariaHidden = "true";
    const told = made("p", { className: "waiting" }, dots, waiting);
    told.setAttribute("role", "status");
    const words = made("h2", { className: "asked" }, made("span", { className: "sr-only", textContent: asked }),
      made("span", { lang: "zh-CN", textContent: held }));
    picture().querySelector("main").replaceChildren(made("article", { className: "turn" }, words, told));
    scrollTo(0, 0);
  };

  const send = () => {
    const form = document.getElementById("asking");
    if (!form || !held || handed) return;
    form.append(made("input", { type: "hidden", name: "question", value: held }));
    form.submit();
  };
  const hold = (question) => {
    held = question;
    overdue = setTimeout(send, PATIENCE);
    show();
    look();
  };
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "asking" || !picture() || broken) return;
    event.preventDefault();
    if (held) return; // one at a time: another stays in the box
    const example = event.submitter && event.submitter.name === "question" ? event.submitter.value : "";
    const question = (example || early().value).trim();
    if (!question) {
      early().placeholder = empty;
      early().focus();
      return;
    }
    if (!example) {
      early().value = "";
      quietly(() => sessionStorage.removeItem(DRAFT));
    }
    hold(question);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== early() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  document.addEventListener("compositionstart", (event) => { composing = event.target === early(); });
  document.addEventListener("compositionend", () => { composing = false; setTimeout(look); });
  addEventListener("error", (event) => {
    if (!picture() || !(event.target instanceof HTMLScriptElement)) return;
    broken = true;
    send();
  }, true);

  // What is being typed outlives a reload, which the framework makes by itself when the server comes back.
  document.addEventListener("input", (event) => {
    if (event.target === typed() || event.target === early()) quietly(() => sessionStorage.setItem(DRAFT, event.target.value));
  });
  if (early() && !early().value && !linked) early().value = quietly(() => sessionStorage.getItem(DRAFT)) || "";

  const bring = (from, to) => {
    if (!from.value || to.value) return;
    to.value = from.value;
    to.dispatchEvent(new Event("input", { bubbles: true }));
    to.setSelectionRange(from.selectionStart, from.selectionEnd);
  };
  const shown = () => {
    const turns = document.querySelectorAll("#log .turn .asked");
    return turns.length > 0 && turns[turns.length - 1].textContent.endsWith(held);
  };
  const leave = () => {
    const before = early();
    const focused = document.activeElement === before;
    document.body.append(...document.querySelectorAll("style[data-page]")); // after the framework's, as it must win
    bring(before, typed());
    picture().remove();
    if (focused) typed().focus({ preventScroll: true });
  };
  // The picture gives way to the page itself, once that is whole: greeted, and in the visitor's language.
  const look = () => {
    if (!picture() || composing || !typed() || !document.querySelector(`#log .talk[data-language="${language}"]`)) return;
    if (held && !handed) {
      handed = performance.now();
      clearTimeout(overdue);
      document.dispatchEvent(new CustomEvent("metrology", { detail: { name: "ask", question: held } }));
      setTimeout(look, LINGER);
    }
    if (!held || shown() || performance.now() - handed >= LINGER) leave();
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();
