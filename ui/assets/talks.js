// Conversations in this browser: the running one survives a reload, the ones before can be opened again and cleared.
(() => {
  "use strict";
  const PREFIX = "metrology.talk.";
  const CURRENT = `metrology.current${new URLSearchParams(location.search).get("widget") || ""}`; // of two on a page each its own
  const MOST = 20; // conversations; the oldest leave first
  const FITS = 48 * 1024; // bytes that the server reads at once, with room for what else is sent
  const words = JSON.parse(document.getElementById("words").textContent);

  const quietly = (work, otherwise) => { try { return work(); } catch { return otherwise; } }; // storage may be refused
  const all = () => quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    .map((key) => quietly(() => JSON.parse(localStorage.getItem(key)), null))
    .filter((talk) => talk && talk.session && Array.isArray(talk.turns) && talk.turns.length)
    .sort((one, other) => other.at - one.at), []);
  const find = (session) => session && quietly(() => JSON.parse(localStorage.getItem(PREFIX + session)), null);
  const drop = (session) => quietly(() => localStorage.removeItem(PREFIX + session));
  const current = () => quietly(() => sessionStorage.getItem(CURRENT), null);
  const choose = (session) => quietly(() => sessionStorage.setItem(CURRENT, session));

  const write = (talk) => {
    while (true) {
      try {
        localStorage.setItem(PREFIX + talk.session, JSON.stringify(talk));
        return;
      } catch { // full: the oldest makes room
        const oldest = all().filter((one) => one.session !== talk.session).pop();
        if (!oldest) return;
        drop(oldest.session);
      }
    }
  };

  // What the server tells after each answer: the whole running conversation.
  const keep = (json) => {
    const talk = json && quietly(() => JSON.parse(json), null);
    if (!talk || !talk.session) return;
    if (!window.metrologyLeft || !window.metrologyLeft(talk.session)) choose(talk.session);
    const turns = talk.turns || [];
    if (turns.length) write({ session: talk.session, at: Date.now(), turns });
    all().slice(MOST).forEach((one) => drop(one.session));
    recent();
  };

  // A kept conversation for the server: its newest turns that fit.
  const packed = (talk) => {
    const turns = [...talk.turns];
    const text = () => JSON.stringify({ session: talk.session, turns });
    while (turns.length > 1 && new TextEncoder().encode(JSON.stringify(text())).length > FITS) turns.shift();
    return text();
  };
  const restore = () => {
    if (new URLSearchParams(location.search).get("q")) return ""; // a link that asks begins anew
    const talk = find(current());
    return talk ? packed(talk) : "";
  };
  const reopen = (session) => {
    const talk = find(session);
    if (talk) document.dispatchEvent(new CustomEvent("metrology", { detail: { name: "reopen", kept: packed(talk) } }));
    dialog.close();
  };

  const made = (name, properties, ...inside) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...inside);
    return node;
  };
  const day = (at) => new Date(at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const entry = (talk) => {
    const count = words.turns.replace("{count}", talk.turns.length);
    const open = made("button", { type: "button", className: "history-open" },
      made("span", { className: "history-question", textContent: talk.turns[0].question }),
      made("span", { className: "quiet", textContent: `${day(talk.at)} · ${count}` }));
    open.addEventListener("click", () => reopen(talk.session));
    const remove = made("button", { type: "button", className: "history-remove", title: words.remove, textContent: "×" });
    remove.setAttribute("aria-label", `${words.remove} ${talk.turns[0].question}`);
    remove.addEventListener("click", () => { drop(talk.session); fill(); dialog.querySelector("button").focus(); });
    const kept = talk.turns.map((turn) => turn.reply).filter((reply) => reply && reply.answer_id && reply.receipt_kept !== false);
    const take = window.metrologyTake && window.metrologyTake.button(kept.map((reply) => reply.answer_id), talk.turns[0].question);
    return made("li", {}, open, ...(take ? [take] : []), remove);
  };

  const list = made("ol", { className: "history-list" });
  const told = made("p", { className: "quiet" });
  told.setAttribute("role", "status");
  const close = made("button", { type: "button", className: "action", textContent: words.close });
  const clear = made("button", { type: "button", className: "action history-clear", textContent: words.clear });
  const dialog = made("dialog", { className: "history", id: "history" },
    made("div", { className: "history-head" }, made("h2", { id: "history-title", textContent: words.title }), close),
    told, list,
    made("p", { className: "quiet", textContent: words.where }), clear);
  dialog.setAttribute("aria-labelledby", "history-title");
  const fill = (cleared = false) => {
    const talks = all();
    list.replaceChildren(...talks.map(entry));
    told.textContent = talks.length ? "" : cleared ? words.cleared : words.none;
    clear.hidden = !talks.length;
    recent();
  };
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  clear.addEventListener("click", () => { all().forEach((one) => drop(one.session)); fill(true); close.focus(); });

  // On the welcome: the last conversation, one tap away.
  const recent = () => {
    const place = document.getElementById("recent");
    const last = all()[0];
    if (!place || place.dataset.shown === (last ? last.session : "")) return;
    place.dataset.shown = last ? last.session : "";
    place.replaceChildren();
    if (!last) return;
    const open = made("button", { type: "button", className: "example recent" },
      made("span", {}, made("b", { textContent: words.recent }), " ", last.turns[0].question));
    open.addEventListener("click", () => reopen(last.session));
    place.append(open);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-history]")) return;
    fill();
    dialog.showModal();
  });
  const attach = () => { document.body.append(dialog); new MutationObserver(recent).observe(document.body, { childList: true, subtree: true }); };
  if (document.body) attach(); else document.addEventListener("DOMContentLoaded", attach);
  window.metrologyTalks = { keep, restore };
})();
