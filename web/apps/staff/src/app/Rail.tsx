import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";

import { useUnreadTotal } from "../features/messaging";
import { RAIL_ENTRIES, type RailEntry } from "./entries";
import classes from "./Rail.module.css";
import { RailMenu } from "./RailMenu";
import { useMe } from "./session";

const noBadge = () => 0;

function Entry({ entry }: { entry: RailEntry }) {
  const { i18n, t } = useLingui();
  const useBadge = entry.useBadge ?? noBadge;
  const count = useBadge();
  const label = i18n._(entry.label);
  const Icon = entry.icon;
  return (
    <Link to={entry.to} className={classes.entry} activeProps={{ "data-active": true, "aria-current": "page" }}>
      <span className={classes.icon}>
        <Icon size={22} stroke={1.7} aria-hidden />
        {count > 0 ? <span className={classes.badge} aria-hidden="true">{count > 99 ? "99+" : count}</span> : null}
      </span>
      <span className={classes.label}>{label}</span>
      {count > 0 ? <span className={classes.hidden}>{t`${count} 条未读`}</span> : null}
    </Link>
  );
}

/** The rail at the left edge; the same entries lie along the bottom of a phone. */
export function Rail() {
  const me = useMe();
  const { t } = useLingui();
  const unread = useUnreadTotal();
  useEffect(() => {
    // The tab says it too, for those who have another one in front.
    document.title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ${me.company.name}` : me.company.name;
  }, [unread, me.company.name]);
  const entries = RAIL_ENTRIES.filter((entry) => me.is_admin || !entry.isAdminOnly);
  return (
    <nav className={classes.rail} aria-label={t`主导航`}>
      <Link to="/settings" className={classes.me} aria-label={t`${me.name}，设置`}>
        <Face person={me} size={36} />
      </Link>
      {entries.map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
      <div className={classes.space} />
      <RailMenu />
    </nav>
  );
}
