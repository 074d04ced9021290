// Taking answers away as a file: a dialog offers one answer, or all of the conversation, in each format. The files are
// plain links, so that they work wherever the browser or the program around it knows what a download is.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("words").textContent).take;

  const made = (name, properties, ...inside) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...inside);
    return node;
  };
  const address = (ids, format) => {
    const query = new URLSearchParams(ids.slice(-words.most).map((id) => ["id", id]));
    query.append("format", format);
    return `${words.path}?${query}`;
  };
  const links = (title, ids) => made("section", { className: "take-choice" },
    made("h3", { textContent: title }),
    made("p", { className: "take-formats" }, ...words.formats.map(([format, name, use]) =>
      made("a", { className: "action", href: address(ids, format) },
        made("b", { textContent: name }), " ", made("span", { className: "quiet", textContent: use })))));

  const choices = made("div", {});
  const told = made("p", { className: "take-told" });
  told.setAttribute("role", "status");
  const close = made("button", { type: "button", className: "action", textContent: words.close });
  const dialog = made("dialog", { className: "history take", id: "take" },
    made("div", { className: "history-head" }, made("h2", { id: "take-title", textContent: words.title }), close),
    choices, told, made("p", { className: "quiet", textContent: words.note }));
  dialog.setAttribute("aria-labelledby", "take-title");

  const open = (...sections) => {
    told.textContent = "";
    choices.replaceChildren(...sections);
    dialog.showModal();
    choices.querySelector("a").focus();
  };
  const whole = (ids) => links(words.talk.replace("{count}", ids.length), ids);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    if (event.target.closest("a")) told.textContent = words.began;
  });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-take]");
    if (!chosen) return;
    const all = [...document.querySelectorAll("#log [data-take]")].map((button) => button.dataset.take);
    const one = links(words.one, [chosen.dataset.take]);
    open(one, ...(all.length > 1 ? [whole(all)] : []));
  });

  // For the list of conversations: nothing to take where no answer of one was kept.
  const button = (ids, question) => {
    if (!ids.length) return null;
    const take = made("button", { type: "button", className: "history-take", textContent: words.button });
    take.setAttribute("aria-haspopup", "dialog");
    take.setAttribute("aria-label", `${words.button}：${question}`);
    take.addEventListener("click", () => open(whole(ids)));
    return take;
  };
  const attach = () => document.body.append(dialog);
  if (document.body) attach(); else document.addEventListener("DOMContentLoaded", attach);
  window.metrologyTake = { button };
})();
