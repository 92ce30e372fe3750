import { expect, it, vi } from "vitest";

import { InboxStore } from "./store";

it("a burst holds at once and is told once, also in a tab in the background; what changes nothing is not told", async () => {
  const store = new InboxStore("1");
  const told = vi.fn();
  store.subscribe(told);
  for (let at = 1; at <= 200; at += 1) store.apply({ type: "typing", conversation_id: "c1", person_ids: [`${at}`] });
  expect(store.getState().typing["c1"]).toEqual(["200"]);
  expect(told).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  store.apply({ type: "connection", state: store.getState().connection });
  store.apply({ type: "typing", conversation_id: "c2", person_ids: ["2"] });
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2));
});
