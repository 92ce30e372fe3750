import { useLingui } from "@lingui/react/macro";
import { IconChevronLeft } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import classes from "./Panes.module.css";

/** One list pane is mounted at a time; its heading names it. */
const LIST_TITLE = "list-title";

interface PanesProps {
  list: ReactNode;
  /** Something is open in the main pane: on a phone it covers the list, and the bottom bar goes. */
  isOpen: boolean;
  children: ReactNode;
}

/** List and main pane beside the rail. On a phone both stay mounted and one is shown, so the list keeps its place. */
export function Panes({ list, isOpen, children }: PanesProps) {
  return (
    <div className={classes.panes} data-open={isOpen}>
      <section className={classes.list} aria-labelledby={LIST_TITLE}>{list}</section>
      <main className={classes.main}>{children}</main>
    </div>
  );
}

/** The head of a list pane: its title, actions on the right, and below them whatever searches or filters it. */
export function ListHeader({ title, actions, children }: { title: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.listHeader}>
      <div className={classes.listTitle}>
        <h1 id={LIST_TITLE}>{title}</h1>
        {actions}
      </div>
      {children}
    </header>
  );
}

interface PaneHeaderProps {
  title: ReactNode;
  subtitle?: ReactNode;
  /** Before the title: a face, an icon. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** Where "back" leads on a phone; on a desk the list is beside it and the arrow is hidden. */
  back?: LinkProps["to"] | (() => void);
  /** No list stands beside it: its title is the page's. */
  isAlone?: boolean;
}

export function PaneHeader({ title, subtitle, lead, actions, back, isAlone = false }: PaneHeaderProps) {
  const { t } = useLingui();
  const Title = isAlone ? "h1" : "h2";
  return (
    <header className={classes.paneHeader} data-has-back={back !== undefined}>
      {typeof back === "function" ? (
        <button type="button" onClick={back} className={classes.back} aria-label={t`返回`}>
          <IconChevronLeft size={24} aria-hidden />
        </button>
      ) : null}
      {typeof back === "string" ? (
        <Link to={back} className={classes.back} aria-label={t`返回`}>
          <IconChevronLeft size={24} aria-hidden />
        </Link>
      ) : null}
      {lead}
      <div className={classes.paneTitle}>
        <Title>{title}</Title>
        {subtitle ? <div className={classes.subtitle}>{subtitle}</div> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </header>
  );
}

/** One page of text or forms in the main pane, scrolling by itself. */
export function PaneBody({ children, width = 760 }: { children: ReactNode; width?: number }) {
  return (
    <div className={classes.body}>
      <div className={classes.bodyInner} style={{ maxWidth: width }}>
        {children}
      </div>
    </div>
  );
}
