/** Whether somebody sits before this page: it is in sight, and was touched in the last minutes. */

const IDLE_MS = 5 * 60_000;
const LOOK_MS = 30_000;
const TOUCHES = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

/** Says once how it is where it is not as one would think, and then what changes. Returns how to stop. */
export function watchAttention(onChange: (isActive: boolean, isInSight: boolean) => void): () => void {
  let touchedAt = Date.now();
  let [wasActive, wasInSight] = [true, true];
  const look = () => {
    const isInSight = document.visibilityState === "visible";
    const isActive = isInSight && Date.now() - touchedAt < IDLE_MS;
    if (isActive === wasActive && isInSight === wasInSight) return;
    [wasActive, wasInSight] = [isActive, isInSight];
    onChange(isActive, isInSight);
  };
  const touch = () => {
    touchedAt = Date.now();
    if (!wasActive) look();
  };
  const onSight = () => {
    if (document.visibilityState === "visible") touchedAt = Date.now();
    look();
  };
  document.addEventListener("visibilitychange", onSight);
  for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
  const timer = setInterval(look, LOOK_MS);
  look();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onSight);
    for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
  };
}
