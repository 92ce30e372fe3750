import { afterEach, expect, test, vi } from "vitest";

import { ApiClient } from "./client";

const signedOut = vi.fn();
const api = new ApiClient({ language: () => "en", sentence: (kind) => `sentence: ${kind}`, onSignedOut: signedOut });

/** The network is the one thing that is not ours. */
function answer(status: number, body: string) {
  return vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(status === 204 ? null : body, { status }));
}

afterEach(() => {
  vi.restoreAllMocks();
  signedOut.mockReset();
});

test("asks in the reader's language, with the cookie of this origin", async () => {
  const network = answer(200, '{"name":"蓝汀汽车"}');
  expect(await api.get("/api/company", { slug: "lanting" })).toEqual({ name: "蓝汀汽车" });
  const [address, request] = network.mock.calls[0] ?? [];
  expect(address).toBe("/api/company?slug=lanting");
  expect(request).toMatchObject({ method: "GET", credentials: "same-origin", headers: { "Accept-Language": "en" } });
});

test("an empty answer is nothing", async () => {
  answer(204, "");
  expect(await api.put("/api/me/password", { current: "a", new: "b" })).toBeUndefined();
});

test("a network that is gone is offline, to be tried again", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(api.get("/api/me")).rejects.toMatchObject({ code: "offline", isOffline: true, message: "sentence: offline" });
});

test("a proxy's page is unreadable, not a crash", async () => {
  answer(502, "<html>Bad Gateway</html>");
  await expect(api.get("/api/me")).rejects.toMatchObject({ status: 502, code: "unreadable_answer" });
  answer(200, "<html>Sign in to the guest network</html>");
  await expect(api.get("/api/me")).rejects.toMatchObject({ code: "unreadable_answer" });
});

test("a session that ended is told; wrong credentials are not a session that ended", async () => {
  answer(401, '{"code":"wrong_credentials","message":"…","details":null}');
  await expect(api.post("/api/session", {})).rejects.toMatchObject({ code: "wrong_credentials" });
  expect(signedOut).not.toHaveBeenCalled();
  answer(401, '{"code":"not_signed_in","message":"…","details":null}');
  await expect(api.get("/api/conversations/1")).rejects.toMatchObject({ status: 401 });
  expect(signedOut).toHaveBeenCalledOnce();
});
