import { useEffect, useState } from "react";

/** Draws again every minute, so that 刚刚 does not stand there for an hour. */
export function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
