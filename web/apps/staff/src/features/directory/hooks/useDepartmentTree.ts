import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { childrenQuery, departmentQuery } from "../api/directory";
import { visibleRows, type TreeRow } from "../tree";

const TOGGLED_KEY = ["departments", "toggled"] as const;

type Toggled = ReadonlyMap<string, boolean>;

/**
 * The part of the tree that is open. What leads to the department on show is open by itself, unless it was closed by hand;
 * what was toggled is remembered while one is in another room.
 */
export function useDepartmentTree(selectedId: string | null): {
  rows: TreeRow[];
  isPending: boolean;
  error: Error | null;
  setOpen: (id: string, isOpen: boolean) => void;
  retry: () => void;
} {
  const cache = useQueryClient();
  const [toggled, setToggled] = useState<Toggled>(() => cache.getQueryData<Toggled>(TOGGLED_KEY) ?? new Map());
  const selected = useQuery({ ...departmentQuery(selectedId ?? ""), enabled: selectedId !== null });
  const above = useMemo(() => new Set((selected.data?.path ?? []).slice(0, -1).map((step) => step.id)), [selected.data]);
  const top = useQuery(childrenQuery(null));
  // A company with one node on top: showing that alone would say nothing.
  const onlyTop = top.data?.length === 1 ? top.data[0]?.id : undefined;
  const openByItself = useMemo(() => new Set(onlyTop ? [onlyTop, ...above] : above), [above, onlyTop]);
  const isOpen = useCallback((id: string) => toggled.get(id) ?? openByItself.has(id), [toggled, openByItself]);

  const openIds = useMemo(() => {
    const ids = new Set([...openByItself].filter((id) => toggled.get(id) !== false));
    for (const [id, open] of toggled) if (open) ids.add(id);
    return [null, ...ids];
  }, [toggled, openByItself]);
  const answers = useQueries({ queries: openIds.map((id) => childrenQuery(id)) });
  const byParent = new Map(openIds.map((id, at) => [id, answers[at]]));
  const rows = visibleRows((parentId) => {
    const answer = byParent.get(parentId);
    return { items: answer?.data, hasFailed: Boolean(answer?.error) };
  }, isOpen);

  const setOpen = (id: string, open: boolean) => {
    const next = new Map(toggled).set(id, open);
    cache.setQueryData(TOGGLED_KEY, next);
    setToggled(next);
  };
  const retry = () => {
    for (const answer of answers) if (answer.error) void answer.refetch();
  };
  return { rows, isPending: top.isPending, error: top.error, setOpen, retry };
}
