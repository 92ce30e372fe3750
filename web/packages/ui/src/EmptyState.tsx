import type { ReactNode } from "react";

import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What the reader can do now. */
  hint?: ReactNode;
  action?: ReactNode;
}

/** Nothing is here yet: says so, and says what to do. */
export function EmptyState({ icon, title, hint, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon ? <div className={classes.icon} aria-hidden="true">{icon}</div> : null}
      <p className={classes.title}>{title}</p>
      {hint ? <p className={classes.hint}>{hint}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
