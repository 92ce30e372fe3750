import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  kind: "done" | "failed";
  text: string;
}

const SHOWN_FOR_MS = { done: 3_000, failed: 7_000 };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function dismissToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** A short sentence at the top of the page, read out to screen readers. */
export function showToast(kind: Toast["kind"], text: string): void {
  lastId += 1;
  const id = lastId;
  // The same sentence twice is noise: the newer one takes its place.
  change([...toasts.filter((toast) => toast.text !== text), { id, kind, text }].slice(-3));
  setTimeout(() => dismissToast(id), SHOWN_FOR_MS[kind]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts);
}
