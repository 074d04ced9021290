"use strict";
/* A chart as a picture: its shapes with the colours they have now, drawn by the browser itself. Nothing is sent. */
const LOOK = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-size", "font-weight", "font-family"];
const SHARP = 2; // pixels of the picture for one of the chart's
const MARGIN = 20, TITLE = 34, SOURCE = 26;

/* Colours come from style sheets, which a picture has none of. */
function standing(chart) {
  const copy = chart.cloneNode(true);
  const originals = [chart, ...chart.querySelectorAll("*")], copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((element, place) => {
    const look = getComputedStyle(element);
    for (const name of LOOK) copies[place].setAttribute(name, look.getPropertyValue(name));
    copies[place].removeAttribute("class");
  });
  for (const hit of copy.querySelectorAll("a, g")) hit.removeAttribute("href");
  const { width, height } = chart.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width * SHARP);
  copy.setAttribute("height", height * SHARP);
  return { address: "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy)), width, height };
}

async function picture(chart) {
  const { address, width, height } = standing(chart);
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * MARGIN) * SHARP;
  canvas.height = (height + TITLE + SOURCE + 2 * MARGIN) * SHARP;
  const brush = canvas.getContext("2d"), page = getComputedStyle(chart.closest("main")), words = getComputedStyle(chart);
  brush.fillStyle = page.backgroundColor;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.scale(SHARP, SHARP);
  brush.drawImage(image, MARGIN, MARGIN + TITLE, width, height);
  brush.fillStyle = page.color;
  brush.font = `700 16px ${words.fontFamily}`;
  brush.fillText(chart.dataset.name, MARGIN, MARGIN + 14, width);
  brush.font = `12px ${words.fontFamily}`;
  brush.fillText(chart.dataset.source, MARGIN, MARGIN + TITLE + height + SOURCE, width);
  return new Promise(given => canvas.toBlob(given, "image/png"));
}

for (const button of document.querySelectorAll("[data-png]")) {
  const chart = button.parentElement.querySelector("svg");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await picture(chart));
    link.download = chart.dataset.name.replace(/[\\/:*?"<>|]/g, " ") + ".png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
