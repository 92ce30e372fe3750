import { useLingui } from "@lingui/react/macro";

import { ContactWayCard } from "./ContactWayCard";
import classes from "./Customers.module.css";

/** Beside the list: the way by which customers come in. */
export function CustomersPage() {
  const { t } = useLingui();
  return (
    <div className={classes.page}>
      <div className={classes.pageInner}>
        <h2>{t`我的联系方式`}</h2>
        <ContactWayCard />
      </div>
    </div>
  );
}
