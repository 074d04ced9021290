// One question at a time: told sentence by sentence as it is checked, then whole with its sources.
const { EventStream } = require("../../lib/event-stream.js");

const OFFLINE = "网络不通，请稍后再试。";

/** A key for one request, the same when it is sent again. */
function newKey() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
}

function shown(statement, index) {
  return { index, text: statement.text, marks: statement.citations.map((number) => `[${number}]`).join("") };
}

Page({
  data: { turns: [], draft: "", busy: false },

  onLoad() {
    this.backend = getApp().globalData.backend;
    return this.login();
  },

  login() {
    return new Promise((resolve, reject) => {
      wx.login({ success: ({ code }) => resolve(code), fail: reject });
    })
      .then((code) => this.post("/login", { code }))
      .then(({ token }) => {
        this.token = token;
      });
  },

  ask(event) {
    const question = event.detail.value.question.trim();
    if (!question || this.data.busy) return Promise.resolve();
    const at = this.data.turns.length;
    const turn = { id: newKey(), question, label: "", statements: [], citations: [], notes: [], failure: "" };
    this.setData({ busy: true, draft: "", [`turns[${at}]`]: turn });
    return this.stream(at, turn)
      .catch(() => this.whole(at, turn))
      .catch((problem) => this.setData({ [`turns[${at}].failure`]: problem.detail || OFFLINE }))
      .then(() => this.setData({ busy: false }));
  },

  /** Sentence by sentence. What is withdrawn later is replaced by the whole answer at the end. */
  stream(at, turn) {
    return new Promise((resolve, reject) => {
      let count = 0;
      let done = false;
      const events = new EventStream((name, data) => {
        if (name === "label") this.setData({ [`turns[${at}].label`]: data.label });
        if (name === "statement") this.setData({ [`turns[${at}].statements[${count}]`]: shown(data, count++) });
        if (name === "done") {
          done = true;
          this.finish(at, data);
        }
      });
      const task = wx.request({
        url: `${this.backend}/ask/stream`,
        method: "POST",
        header: { Authorization: `Bearer ${this.token}` },
        data: { question: turn.question },
        enableChunked: true,
        success: () => (done ? resolve() : reject(new Error("The stream ended before its end."))),
        fail: reject,
      });
      task.onChunkReceived(({ data }) => events.push(data));
    });
  },

  /** In one piece, for devices or proxies that do not stream; sent again under the same key, it is not asked twice. */
  whole(at, turn) {
    return this.post("/ask", { question: turn.question, key: turn.id }).then((answer) => this.finish(at, answer));
  },

  finish(at, answer) {
    this.setData({
      [`turns[${at}].answerId`]: answer.answer_id,
      [`turns[${at}].label`]: answer.label,
      [`turns[${at}].statements`]: answer.statements.map(shown),
      [`turns[${at}].citations`]: answer.citations,
      [`turns[${at}].notes`]: answer.notes,
    });
  },

  rate(event) {
    const { id, useful } = event.currentTarget.dataset;
    const at = this.data.turns.findIndex((turn) => turn.id === id);
    const sent = { answer_id: this.data.turns[at].answerId, useful, key: `${id}-rating` };
    return this.post("/feedback", sent).then(() => this.setData({ [`turns[${at}].rated`]: true }));
  },

  post(path, data) {
    return new Promise((resolve, reject) => {
      wx.request({
        url: this.backend + path,
        method: "POST",
        header: this.token ? { Authorization: `Bearer ${this.token}` } : {},
        data,
        success: (reply) => (reply.statusCode < 300 ? resolve(reply.data) : reject(reply.data)),
        fail: reject,
      });
    });
  },
});
