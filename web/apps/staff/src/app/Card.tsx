import type { ReactNode } from "react";

import classes from "./Card.module.css";

interface CardProps {
  title?: ReactNode;
  hint?: ReactNode;
  /** Of its heading, one below the page's. */
  level?: 2 | 3;
  children: ReactNode;
}

/** A bordered part of a page, with a heading: settings, my contact link. */
export function Card({ title, hint, level = 3, children }: CardProps) {
  const Title = `h${level}` as const;
  return (
    <section className={classes.card}>
      {title ? <Title className={classes.title}>{title}</Title> : null}
      {hint ? <p className={classes.hint}>{hint}</p> : null}
      {children}
    </section>
  );
}
