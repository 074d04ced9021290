// A mini-program's back end in Node 18 or newer, without packages: logs users in, asks the service for them.
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";

const SERVICE = process.env.METROLOGY_URL ?? "http://127.0.0.1:8000";
const SERVICE_KEY = process.env.METROLOGY_KEY ?? "";
const LOGIN = process.env.CODE2SESSION_URL ?? "https://api.weixin.qq.com/sns/jscode2session";
const DEADLINE_MS = 4000;
const AGAIN = [409, 502, 503, 504]; // may be sent again as it was, under the same Idempotency-Key
const TRIES = 3;
const MAX_BODY = 16 * 1024;
const users = new Map(); // token → hashed openid; of several processes, keep it where all see it

class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail);
    Object.assign(this, { status, problem });
  }
}

function headers(key) {
  return {
    "Content-Type": "application/json",
    ...(SERVICE_KEY && { Authorization: `Bearer ${SERVICE_KEY}` }),
    ...(key && { "Idempotency-Key": key }),
  };
}

async function call(path, body, key) {
  for (let tried = 1; ; tried += 1) {
    const options = { method: "POST", headers: headers(key), body: JSON.stringify(body) };
    const reply = await fetch(SERVICE + path, { ...options, signal: AbortSignal.timeout(DEADLINE_MS + 2000) }).catch(() => null);
    if (reply?.ok) return reply.json();
    if (tried === TRIES || (reply && !AGAIN.includes(reply.status))) {
      throw new Refused(reply?.status ?? 502, reply ? await reply.json() : { detail: "服务暂时无法连接，请稍后再试。" });
    }
    await pause(200 * tried);
  }
}

async function login({ code }) {
  const query = new URLSearchParams({
    appid: process.env.WX_APPID ?? "",
    secret: process.env.WX_SECRET ?? "",
    js_code: String(code),
    grant_type: "authorization_code",
  });
  const { openid } = await (await fetch(`${LOGIN}?${query}`)).json();
  if (!openid) throw new Refused(401, { detail: "登录失败，请重新打开小程序。" });
  const token = randomUUID();
  users.set(token, createHash("sha256").update(`${process.env.WX_SECRET}:${openid}`).digest("hex"));
  return { token };
}

function userOf(request) {
  const user = users.get((request.headers.authorization ?? "").replace("Bearer ", ""));
  if (!user) throw new Refused(401, { detail: "请先登录。" });
  return user;
}

async function read(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAX_BODY) throw new Refused(413, { detail: "内容过长。" });
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString() || "{}");
}

const routes = {
  "/login": (request, body) => login(body),
  "/ask": (request, { question, key }) => {
    const asked = { question, session_id: userOf(request), deadline_ms: DEADLINE_MS, max_bytes: 2048 };
    return call("/v1/ask", asked, `${userOf(request).slice(0, 16)}-${key}`);
  },
  "/feedback": (request, { answer_id, useful, key }) =>
    call("/v1/feedback", { answer_id, useful }, `${userOf(request).slice(0, 16)}-${key}`),
};

async function stream(request, response) {
  const asked = { question: (await read(request)).question, session_id: userOf(request) };
  const reply = await fetch(`${SERVICE}/v1/ask/stream`, { method: "POST", headers: headers(), body: JSON.stringify(asked) });
  response.writeHead(reply.status, { "Content-Type": reply.headers.get("content-type"), "Cache-Control": "no-store" });
  Readable.fromWeb(reply.body).pipe(response); // bytes as they come: nothing is decoded here
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (request.method === "POST" && pathname === "/ask/stream") return stream(request, response);
  const route = request.method === "POST" && routes[pathname];
  if (!route) throw new Refused(404, { detail: "没有这个地址。" });
  const body = JSON.stringify(await route(request, await read(request)));
  return response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" }).end(body);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    const status = error.status ?? (error instanceof SyntaxError ? 400 : 500);
    const problem = error.problem ?? { detail: "请求有误或服务出错，请稍后再试。" };
    if (!response.headersSent) response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ detail: problem.detail, type: problem.type }));
  });
});
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
