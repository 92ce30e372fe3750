import { useLingui } from "@lingui/react/macro";

import classes from "./OutsideBadge.module.css";

/** Marks whoever and whatever is from outside the company, so that nobody forgets who reads along. */
export function OutsideBadge() {
  const { t } = useLingui();
  return <span className={classes.badge}>{t`外部`}</span>;
}
