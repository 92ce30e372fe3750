import { SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";

import classes from "./Shell.module.css";

/** The shape of the app while it learns who is here. */
export function ShellSkeleton() {
  const { t } = useLingui();
  return (
    <div className={classes.shell} aria-busy="true" aria-label={t`正在打开`}>
      <div className={classes.skeletonRail} />
      <div className={classes.skeletonList}>
        <SkeletonRows count={9} />
      </div>
    </div>
  );
}
