import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";

import classes from "./Door.module.css";

/** What went wrong with a form, read out as it appears. The region is always there, so that screen readers watch it. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <div role="alert">
      {children ? (
        <div className={classes.problem}>
          <IconAlertCircle size={17} aria-hidden />
          <span>{children}</span>
        </div>
      ) : null}
    </div>
  );
}
