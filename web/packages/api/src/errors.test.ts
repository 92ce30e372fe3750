import { expect, test } from "vitest";

import { withQuery } from "./client";
import { readError } from "./errors";

test("our own error keeps its code, sentence and details", () => {
  const error = readError(429, { code: "too_many_attempts", message: "请稍后再试", details: { retry_after_seconds: 40 } }, "?");
  expect(error).toMatchObject({ status: 429, code: "too_many_attempts", message: "请稍后再试", retryAfterSeconds: 40, isOffline: false });
});

test("an answer that is not ours still says something", () => {
  expect(readError(502, "<html>", "服务器的回答无法识别")).toMatchObject({ code: "unreadable_answer", message: "服务器的回答无法识别" });
  expect(readError(500, null, "?").retryAfterSeconds).toBeNull();
});

test("fields of a 422 stand by name, the first sentence of each", () => {
  const details = { fields: [{ field: "name", message: "请填姓名" }, { field: "name", message: "太短" }, { field: "phone", message: "位数不够" }, 7] };
  expect(readError(422, { code: "invalid", message: "请检查", details }, "?").fields).toEqual({ name: "请填姓名", phone: "位数不够" });
  expect(readError(422, { code: "invalid", message: "请检查", details: null }, "?").fields).toEqual({});
});

test("what is not given is not asked for", () => {
  expect(withQuery("/api/members", { q: "林 晓&", limit: 50, cursor: null, x: undefined, all: false })).toBe(
    "/api/members?q=%E6%9E%97+%E6%99%93%26&limit=50&all=false",
  );
  expect(withQuery("/api/me")).toBe("/api/me");
});
