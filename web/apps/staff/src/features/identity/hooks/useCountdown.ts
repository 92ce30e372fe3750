import { useCallback, useEffect, useState } from "react";

/** Whole seconds still to wait, and the way to start waiting. Reckoned from the clock, so a sleeping tab wakes up right. */
export function useCountdown(): [secondsLeft: number, start: (seconds: number) => void] {
  const [until, setUntil] = useState<number | null>(null);
  const [left, setLeft] = useState(0);
  const start = useCallback((seconds: number) => {
    setLeft(Math.ceil(seconds));
    setUntil(Date.now() + seconds * 1000);
  }, []);
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) setUntil(null);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return [left, start];
}
