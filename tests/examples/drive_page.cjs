// node drive_page.cjs BACKEND QUESTION [nostream]: the mini-program's page against a back end, with a `wx` that hands
// over chunks of five bytes; prints the page's data after asking and after rating.
const { join } = require("node:path");
const [backend, question, nostream] = process.argv.slice(2);
const PIECE = 5;
let page;

globalThis.getApp = () => ({ globalData: { backend } });
globalThis.Page = (options) => {
  page = { ...options, setData };
};
globalThis.wx = {
  login: ({ success }) => success({ code: "code-of-a-user" }),
  request(options) {
    const listeners = [];
    send(options, listeners).catch(options.fail);
    return { onChunkReceived: (listener) => listeners.push(listener) };
  },
};

function setData(changes) {
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split(/[.[\]]+/).filter(Boolean);
    const last = names.pop();
    names.reduce((place, name) => place[name], this.data)[last] = value;
  }
}

async function send(options, listeners) {
  if (options.enableChunked && nostream) throw new Error("no streams here");
  const headers = { "Content-Type": "application/json", ...options.header };
  const reply = await fetch(options.url, { method: options.method, headers, body: JSON.stringify(options.data) });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  if (!options.enableChunked) {
    options.success({ statusCode: reply.status, data: JSON.parse(new TextDecoder().decode(bytes)) });
    return;
  }
  for (let at = 0; at < bytes.length; at += PIECE) {
    for (const listener of listeners) listener({ data: bytes.slice(at, at + PIECE).buffer });
  }
  options.success({ statusCode: reply.status });
}

require(join(__dirname, "../../examples/mini-program/miniprogram/pages/ask/ask.js"));

async function main() {
  await page.onLoad();
  await page.ask({ detail: { value: { question } } });
  const { id, failure } = page.data.turns[0];
  if (!failure) await page.rate({ currentTarget: { dataset: { id, useful: true } } });
  console.log(JSON.stringify(page.data));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
