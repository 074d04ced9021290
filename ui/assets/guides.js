// A guide's ticks live in this browser; printing; nothing else. The page is whole without.
(() => {
  "use strict";
  const KEY = `metrology.guide.${document.body.dataset.guide}`;
  const quietly = (work, otherwise) => { try { return work(); } catch { return otherwise; } }; // storage may be refused
  const boxes = [...document.querySelectorAll("[data-tick]")];
  const told = document.querySelector("[data-ticked]");
  const read = () => {
    const kept = quietly(() => JSON.parse(localStorage.getItem(KEY)), null);
    return new Set(Array.isArray(kept) ? kept : []);
  };
  const tell = () => {
    if (!told) return;
    const done = boxes.filter((box) => box.checked).length;
    told.textContent = told.dataset.ticked.replace("{done}", done).replace("{all}", boxes.length);
  };
  const draw = () => {
    const kept = read();
    boxes.forEach((box) => { box.checked = kept.has(box.dataset.tick); });
    tell();
  };
  const keep = (change) => {
    const kept = read(); // of other cities too, and of another tab
    change(kept);
    quietly(() => localStorage.setItem(KEY, JSON.stringify([...kept])));
    tell();
  };
  document.addEventListener("change", ({ target }) => {
    if (boxes.includes(target)) keep((kept) => kept[target.checked ? "add" : "delete"](target.dataset.tick));
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-print]")) print();
    if (!target.closest("[data-clear]")) return;
    boxes.forEach((box) => { box.checked = false; });
    keep((kept) => boxes.forEach((box) => kept.delete(box.dataset.tick)));
  });
  addEventListener("storage", (event) => { if (event.key === KEY) draw(); });
  addEventListener("pageshow", draw); // the browser's own memory of a form is older than ours
  document.querySelector(".tools").hidden = false;
  draw();
})();
