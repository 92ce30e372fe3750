import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";

export interface Forwarding {
  seqs: readonly number[];
  way: "each" | "merged";
}

interface SelectingValue {
  /** Null while nothing is being chosen. */
  selected: ReadonlySet<number> | null;
  forwarding: Forwarding | null;
  select: (seq: number) => void;
  toggle: (seq: number) => void;
  stop: () => void;
  forward: (forwarding: Forwarding) => void;
  stopForwarding: () => void;
}

const Context = createContext<SelectingValue | null>(null);
const MOST = 100;

/** Around one conversation: several messages are chosen, and one or several are forwarded. */
export function SelectingProvider({ children }: { children: ReactNode }) {
  const [selected, setSelected] = useState<ReadonlySet<number> | null>(null);
  const [forwarding, setForwarding] = useState<Forwarding | null>(null);
  const select = useCallback((seq: number) => setSelected(new Set([seq])), []);
  const toggle = useCallback(
    (seq: number) =>
      setSelected((before) => {
        const next = new Set(before);
        if (!next.delete(seq) && next.size < MOST) next.add(seq);
        return next;
      }),
    [],
  );
  const stop = useCallback(() => setSelected(null), []);
  const stopForwarding = useCallback(() => setForwarding(null), []);
  const value = useMemo(
    () => ({ selected, forwarding, select, toggle, stop, forward: setForwarding, stopForwarding }),
    [selected, forwarding, select, toggle, stop, stopForwarding],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSelecting(): SelectingValue {
  const value = use(Context);
  if (!value) throw new Error("outside SelectingProvider");
  return value;
}
