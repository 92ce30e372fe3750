import type { Department } from "@hutong/api";

export type TreeRow =
  | { kind: "department"; key: string; department: Department; level: number; isOpen: boolean; parentKey: string | null; position: number; siblings: number }
  | { kind: "loading"; key: string; level: number }
  | { kind: "failed"; key: string; level: number; parentId: string };

export interface Children {
  items: readonly Department[] | undefined;
  hasFailed: boolean;
}

/** The rows one sees: every open department's children below it, in order; a row of waiting where they are not here yet. */
export function visibleRows(childrenOf: (parentId: string | null) => Children, isOpen: (id: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (parentId: string | null, level: number, parentKey: string | null) => {
    const { items, hasFailed } = childrenOf(parentId);
    if (!items) {
      if (parentId === null) return;
      rows.push(hasFailed ? { kind: "failed", key: `failed ${parentId}`, level, parentId } : { kind: "loading", key: `loading ${parentId}`, level });
      return;
    }
    items.forEach((department, at) => {
      const opened = department.has_children && isOpen(department.id);
      rows.push({
        kind: "department",
        key: department.id,
        department,
        level,
        isOpen: opened,
        parentKey,
        position: at + 1,
        siblings: items.length,
      });
      if (opened) visit(department.id, level + 1, department.id);
    });
  };
  visit(null, 1, null);
  return rows;
}

/** Where the keys of a tree lead: the row's index, or what to do with the row one is on. */
export type TreeMove = { to: number } | { open: string } | { close: string } | null;

export function moveInTree(rows: readonly TreeRow[], at: number, key: string): TreeMove {
  const row = rows[at];
  const next = (from: number, step: 1 | -1): number => {
    for (let to = from; to >= 0 && to < rows.length; to += step) if (rows[to]?.kind === "department") return to;
    return at;
  };
  if (key === "ArrowDown") return { to: next(at + 1, 1) };
  if (key === "ArrowUp") return { to: next(at - 1, -1) };
  if (key === "Home") return { to: next(0, 1) };
  if (key === "End") return { to: next(rows.length - 1, -1) };
  if (row?.kind !== "department") return null;
  if (key === "ArrowRight") {
    if (!row.department.has_children) return null;
    return row.isOpen ? { to: next(at + 1, 1) } : { open: row.key };
  }
  if (key === "ArrowLeft") {
    if (row.isOpen) return { close: row.key };
    const parent = rows.findIndex((other) => other.key === row.parentKey);
    return parent < 0 ? null : { to: parent };
  }
  return null;
}
