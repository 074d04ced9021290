// Server-sent events from chunks of bytes that may end anywhere, in the middle of a character too.
// Written without TextDecoder, which the mini-program runtime does not have on every device.

/** Bytes as they come → text; an unfinished character waits for its rest. */
class Utf8Decoder {
  constructor() {
    this.waiting = [];
  }

  /** @param {ArrayBuffer} buffer */
  decode(buffer) {
    const bytes = this.waiting.concat(Array.from(new Uint8Array(buffer)));
    const end = bytes.length - unfinished(bytes);
    this.waiting = bytes.slice(end);
    let text = "";
    for (let at = 0; at < end; ) {
      const length = Math.max(1, lengthOf(bytes[at]));
      text += String.fromCodePoint(codePoint(bytes, at, length));
      at += length;
    }
    return text;
  }
}

/** How many bytes the character that begins with this byte has; 0 for a byte in the middle of one. */
function lengthOf(byte) {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

/** How many bytes at the end belong to a character whose rest has not come. */
function unfinished(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const length = lengthOf(bytes[bytes.length - back]);
    if (length > 0) return length > back ? back : 0;
  }
  return 0;
}

function codePoint(bytes, at, length) {
  if (length === 1) return bytes[at] < 0x80 ? bytes[at] : 0xfffd;
  let point = bytes[at] & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next += 1) point = (point << 6) | (bytes[next] & 0x3f);
  return point;
}

/** Chunks → events: `onEvent(name, data)` with `data` read from JSON. */
class EventStream {
  constructor(onEvent) {
    this.onEvent = onEvent;
    this.decoder = new Utf8Decoder();
    this.text = "";
  }

  /** @param {ArrayBuffer} buffer as `onChunkReceived` hands it over in `response.data` */
  push(buffer) {
    this.text += this.decoder.decode(buffer);
    const blocks = this.text.split(/\r?\n\r?\n/);
    this.text = blocks.pop();
    for (const block of blocks) this.read(block);
  }

  read(block) {
    let name = "message";
    const data = [];
    for (const line of block.split(/\r?\n/)) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
    }
    if (data.length) this.onEvent(name, JSON.parse(data.join("\n")));
  }
}

module.exports = { EventStream, Utf8Decoder };
