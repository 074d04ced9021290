// node decode.cjs: reads bytes from standard input, prints what the decoder makes of them cut once at every place,
// and then cut into pieces of every size up to seven.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const lib = join(__dirname, "../../examples/mini-program/miniprogram/lib/event-stream.js");
const { EventStream, Utf8Decoder } = require(lib);

const bytes = readFileSync(0);
const buffer = (from, to) => Uint8Array.from(bytes.subarray(from, to)).buffer;
const cuts = [];
for (let at = 0; at <= bytes.length; at += 1) cuts.push([buffer(0, at), buffer(at, bytes.length)]);
for (let size = 1; size <= 7; size += 1) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(buffer(at, at + size));
  cuts.push(pieces);
}
const told = cuts.map((pieces) => {
  const events = [];
  const stream = new EventStream((name, data) => events.push([name, data]));
  const decoder = new Utf8Decoder();
  let text = "";
  for (const piece of pieces) {
    stream.push(piece);
    text += decoder.decode(piece);
  }
  return JSON.stringify([text, events]);
});
const different = [...new Set(told)];
console.log(JSON.stringify({ tried: told.length, different: different.map((each) => JSON.parse(each)) }));
