import type { Department } from "@hutong/api";
import { expect, test } from "vitest";

import { moveInTree, visibleRows } from "./tree";

const department = (id: string, parent_id: string | null, has_children = false): Department => ({ id, name: id, parent_id, member_count: 1, has_children });
const CHILDREN: Record<string, Department[]> = {
  top: [department("sales", null, true), department("rd", null, true), department("hr", null)],
  sales: [department("east", "sales"), department("west", "sales")],
};
const childrenOf = (parentId: string | null) => ({ items: CHILDREN[parentId ?? "top"], hasFailed: false });
const rowsWith = (...open: string[]) => visibleRows(childrenOf, (id) => open.includes(id));
const keys = (...open: string[]) => rowsWith(...open).map((row) => `${row.level} ${row.key}`);

test("closed departments hide what is below them", () => {
  expect(keys()).toEqual(["1 sales", "1 rd", "1 hr"]);
});

test("an open department shows its children in order, one level deeper", () => {
  expect(keys("sales")).toEqual(["1 sales", "2 east", "2 west", "1 rd", "1 hr"]);
});

test("an open department whose children have not come waits in its place", () => {
  expect(keys("rd")).toEqual(["1 sales", "1 rd", "2 loading rd", "1 hr"]);
});

test("a department without children cannot be open", () => {
  expect(keys("hr")).toEqual(["1 sales", "1 rd", "1 hr"]);
});

test("arrow keys walk, open, close and climb, and step over a row that waits", () => {
  const rows = rowsWith("sales");
  expect(moveInTree(rows, 0, "ArrowDown")).toEqual({ to: 1 });
  expect(moveInTree(rows, 0, "ArrowUp")).toEqual({ to: 0 });
  expect(moveInTree(rows, 0, "ArrowRight")).toEqual({ to: 1 });
  expect(moveInTree(rows, 3, "ArrowRight")).toEqual({ open: "rd" });
  expect(moveInTree(rows, 0, "ArrowLeft")).toEqual({ close: "sales" });
  expect(moveInTree(rows, 2, "ArrowLeft")).toEqual({ to: 0 });
  expect(moveInTree(rows, 2, "End")).toEqual({ to: 4 });
  expect(moveInTree(rowsWith("rd"), 1, "ArrowDown")).toEqual({ to: 3 });
  expect(moveInTree(rows, 2, "x")).toBeNull();
});
