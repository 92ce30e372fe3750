import { ApiError, type RosterImport, type RosterPlan } from "@hutong/api";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { importRoster, previewRoster } from "../api/roster";

export type RosterStep =
  | { kind: "choose"; error: unknown }
  | { kind: "reading"; file: File; share: number }
  | { kind: "plan"; file: File; plan: RosterPlan; error: unknown }
  | { kind: "writing"; file: File; plan: RosterPlan; share: number }
  | { kind: "done"; file: File; result: RosterImport };

/** The import of one file, step by step: choose, read (a dry run), look at the plan, write, done. */
export function useRosterImport() {
  const cache = useQueryClient();
  const [step, setStep] = useState<RosterStep>({ kind: "choose", error: null });
  const [removesMissing, setRemovesMissing] = useState(true);
  const running = useRef<AbortController | null>(null);

  const begin = () => {
    running.current?.abort();
    running.current = new AbortController();
    return running.current.signal;
  };
  const read = async (file: File, removes: boolean, reason: unknown = null) => {
    const signal = begin();
    setStep({ kind: "reading", file, share: 0 });
    try {
      const onProgress = (share: number) => setStep({ kind: "reading", file, share });
      const plan = await previewRoster({ file, removesMissing: removes }, { onProgress, signal });
      setStep({ kind: "plan", file, plan, error: reason });
    } catch (error) {
      if (!signal.aborted) setStep({ kind: "choose", error });
    }
  };
  const write = async (file: File, plan: RosterPlan, confirmsRemoval: boolean) => {
    const signal = begin();
    setStep({ kind: "writing", file, plan, share: 0 });
    try {
      const onProgress = (share: number) => setStep({ kind: "writing", file, plan, share });
      const result = await importRoster({ file, removesMissing, plan: plan.digest, confirmsRemoval }, { onProgress, signal });
      setStep({ kind: "done", file, result });
      await cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === "departments" || query.queryKey[0] === "members" });
    } catch (error) {
      if (signal.aborted) return;
      // Somebody changed the company meanwhile: what was looked at no longer holds, so look again.
      if (error instanceof ApiError && error.code === "plan_changed") await read(file, removesMissing, error);
      else if (error instanceof ApiError && error.code === "removes_many") setStep({ kind: "plan", file, plan: { ...plan, removes_many: true }, error });
      else setStep({ kind: "plan", file, plan, error });
    }
  };
  return {
    step,
    removesMissing,
    choose: (file: File) => void read(file, removesMissing),
    changeRemovesMissing: (removes: boolean) => {
      setRemovesMissing(removes);
      if (step.kind === "plan") void read(step.file, removes);
    },
    write: (confirmsRemoval: boolean) => {
      if (step.kind === "plan") void write(step.file, step.plan, confirmsRemoval);
    },
    restart: () => {
      running.current?.abort();
      setStep({ kind: "choose", error: null });
    },
  };
}
