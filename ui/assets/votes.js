// 👍 and 👎: a vote waits a moment in the browser, so that it can be taken back before anyone has it; 👎 may say why.
(() => {
  "use strict";
  const WAIT = 5000; // milliseconds
  const pending = new Map(); // answer id → { useful, comment, timer }

  const box = (answer) => document.querySelector(`.rating[data-answer="${CSS.escape(answer)}"]`);
  const busy = () => document.querySelector(".turn[aria-busy]"); // the server takes no vote while an answer grows
  const send = (answer) => {
    const vote = pending.get(answer);
    if (!vote) return;
    if (busy()) { vote.timer = setTimeout(() => send(answer), 1000); return; }
    pending.delete(answer);
    const detail = { name: "rate", answer, useful: vote.useful, comment: vote.comment };
    document.dispatchEvent(new CustomEvent("metrology", { detail }));
  };

  // The talk is drawn anew with each answer: what waits is shown again.
  const paint = () => pending.forEach((vote, answer) => {
    const rating = box(answer);
    if (!rating || rating.dataset.painted) return;
    rating.dataset.painted = "1";
    show(rating, ".pending");
    const note = rating.querySelector(".pending span");
    note.textContent = vote.useful ? note.dataset.useful : note.dataset.useless;
  });
  const show = (rating, wanted) => [".votes", ".reasons", ".pending", ".rated"].forEach((part) => {
    const found = rating.querySelector(part);
    if (found) found.hidden = part !== wanted;
  });
  const vote = (rating, useful, comment = "") => {
    const answer = rating.dataset.answer;
    pending.set(answer, { useful, comment, timer: setTimeout(() => send(answer), WAIT) });
    paint();
    rating.querySelector("[data-undo]").focus();
  };
  const undo = (rating) => {
    clearTimeout((pending.get(rating.dataset.answer) || {}).timer);
    pending.delete(rating.dataset.answer);
    delete rating.dataset.painted;
    reset(rating);
  };
  const reset = (rating) => {
    show(rating, ".votes");
    const useless = rating.querySelector("[data-vote=useless]");
    useless.setAttribute("aria-expanded", "false");
    useless.focus();
  };
  const ask = (rating) => {
    const reasons = rating.querySelector(".reasons");
    reasons.hidden = false;
    rating.querySelector("[data-vote=useless]").setAttribute("aria-expanded", "true");
    reasons.querySelector("button").focus({ preventScroll: true });
    reasons.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const rating = event.target.closest(".rating");
    if (!rating) return;
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-vote=useful]")) vote(rating, true);
    else if (hit("[data-vote=useless]")) ask(rating);
    else if (hit("[data-reason]")) vote(rating, false, hit("[data-reason]").dataset.reason);
    else if (hit("[data-undo]")) undo(rating);
    else if (hit("[data-cancel], [data-revote]")) reset(rating);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".reasons")) return;
    event.preventDefault();
    vote(event.target.closest(".rating"), false, event.target.elements.reason.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    const reasons = event.key === "Escape" && event.target.closest && event.target.closest(".reasons");
    if (!reasons) return;
    event.stopImmediatePropagation(); // closes the reasons, not the widget around the page
    reset(reasons.closest(".rating"));
  }, true);
  addEventListener("pagehide", () => pending.forEach((one, answer) => { clearTimeout(one.timer); send(answer); }));
  document.addEventListener("metrology:drawn", paint);
})();
