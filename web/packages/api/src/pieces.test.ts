// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { UploadInPieces } from "./pieces";

const MEGABYTE = 1024 * 1024;

interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Blob | null;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** The server, or a proxy before it; null: nobody is there. */
let server: (asked: Asked) => Answer | null;
let asked: Asked[];

/** The network is the one thing that is not ours. */
class Request {
  status = 0;
  responseText = "";
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  private readonly asked: Asked = { method: "", url: "", headers: {}, body: null };
  private answer: Answer | null = null;
  private isOver = false;

  open(method: string, url: string) {
    Object.assign(this.asked, { method, url });
  }
  setRequestHeader(name: string, value: string) {
    this.asked.headers[name] = value;
  }
  getResponseHeader(name: string) {
    return this.answer?.headers?.[name] ?? null;
  }
  send(body?: Blob) {
    this.asked.body = body ?? null;
    asked.push(this.asked);
    setTimeout(() => {
      if (this.isOver) return;
      this.answer = server(this.asked);
      this.status = this.answer?.status ?? 0;
      this.responseText = this.answer?.body ?? "";
      if (body && this.answer) this.upload.onprogress?.({ loaded: body.size });
      this.end(this.answer ? this.onload : this.onerror);
    }, 10);
  }
  abort() {
    if (!this.isOver) this.end(this.onabort);
  }
  private end(tell?: () => void) {
    this.isOver = true;
    tell?.();
    this.onloadend?.();
  }
}

/** Ours, as far as it matters here: one upload, as long as `ill` says nothing else. */
function healthy(ill: (asked: Asked) => Answer | null | undefined = () => undefined) {
  let received = 0;
  return (asked: Asked): Answer | null => {
    const said = ill(asked);
    if (said !== undefined) return said;
    if (asked.url.endsWith("/file")) return { status: 201, body: '{"id":"7"}' };
    if (asked.method === "POST") return { status: 201, headers: { Location: "/api/uploads/1", "Upload-Offset": String(received) } };
    if (asked.method === "PATCH") received += asked.body!.size;
    return { status: asked.method === "HEAD" ? 200 : 204, headers: { "Upload-Offset": String(received) } };
  };
}

function upload(file = new File([new Uint8Array(20 * MEGABYTE)], "行车记录.mov", { lastModified: 1 })) {
  const seen = { sent: [] as number[], line: true };
  const options = { endpoint: "/api/uploads", language: "en", unreadable: "Choose it again." };
  const sending = new UploadInPieces<{ id: string }>(file, {
    ...options,
    onProgress: (sent) => seen.sent.push(sent),
    onLine: (isThere) => (seen.line = isThere),
  });
  return { sending, seen };
}

const patches = () => asked.filter(({ method }) => method === "PATCH");

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", Request);
  localStorage.clear();
  asked = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("each piece follows the last one, and what was sent is what the server made of it", async () => {
  server = healthy();
  const { sending, seen } = upload();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await sending.done).toEqual({ id: "7" });
  expect(patches().map(({ headers }) => Number(headers["Upload-Offset"]) / MEGABYTE)).toEqual([0, 8, 16]);
  expect(seen.sent.at(-1)).toBe(20 * MEGABYTE);
});

test.each([502, 423])("a server that answers but takes nothing (%d) is left in peace more and more, then gone on with at once", async (status) => {
  let isIll = true;
  server = healthy(({ method }) => (isIll && method === "PATCH" ? { status, body: "" } : undefined));
  const { sending, seen } = upload();
  await vi.advanceTimersByTimeAsync(60_000);
  // Half a second, one, two, four, eight, and then fifteen each.
  expect(patches().length).toBeLessThan(10);
  if (status === 502) expect(seen.line).toBe(false);
  isIll = false;
  await vi.advanceTimersByTimeAsync(16_000);
  expect(await sending.done).toEqual({ id: "7" });
  expect(seen.line).toBe(true);
  expect(patches().length).toBeLessThan(13);
});

test("a file that the device does not give out any more is said to be so, not a line that is broken", async () => {
  const file = new File([new Uint8Array(20 * MEGABYTE)], "a.mov", { lastModified: 1 });
  let isThere = true;
  const slice = file.slice.bind(file);
  file.slice = (from, to) => {
    const piece = slice(from, to);
    if (!isThere) piece.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) });
    return piece;
  };
  server = healthy(({ method, headers }) => {
    if (method !== "PATCH" || headers["Upload-Offset"] === "0") return undefined;
    isThere = false;
    return null;
  });
  const { sending } = upload(file);
  const ended = expect(sending.done).rejects.toMatchObject({ code: "file_unreadable", message: "Choose it again." });
  await vi.advanceTimersByTimeAsync(60_000);
  await ended;
  expect(patches()).toHaveLength(2);
});

test("an upload whose beginning was not heard of is asked for again as the same one, after a reload too", async () => {
  let isHeard = false;
  server = healthy(({ method, url }) => (method === "POST" && url === "/api/uploads" && !isHeard ? null : undefined));
  const first = upload();
  await vi.advanceTimersByTimeAsync(3000);
  first.sending.pause();
  isHeard = true;
  const second = upload();
  await vi.advanceTimersByTimeAsync(1000);
  await second.sending.done;
  const ids = asked.map(({ headers }) => headers["Upload-Metadata"]).filter(Boolean);
  expect(ids.length).toBeGreaterThan(2);
  expect(new Set(ids).size).toBe(1);
  expect(atob(ids[0]!.split(",client_id ")[1]!)).toMatch(/^[0-9a-f-]{36}$/);
  // The same file sent once more is another upload.
  const third = upload();
  await vi.advanceTimersByTimeAsync(100);
  third.sending.pause();
  expect(new Set(asked.map(({ headers }) => headers["Upload-Metadata"]).filter(Boolean)).size).toBe(2);
});

test("what waits for a stop is taken off with each piece", async () => {
  const added = vi.spyOn(AbortSignal.prototype, "addEventListener");
  const removed = vi.spyOn(AbortSignal.prototype, "removeEventListener");
  server = healthy();
  const { sending } = upload();
  await vi.advanceTimersByTimeAsync(1000);
  await sending.done;
  expect(added.mock.calls.length).toBeGreaterThanOrEqual(5);
  expect(removed.mock.calls).toEqual(added.mock.calls);
});
