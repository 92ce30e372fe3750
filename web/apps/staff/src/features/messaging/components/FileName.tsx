import { nameParts } from "@hutong/ui/fileName";

import classes from "./FileName.module.css";

/** The name of a file in one line. Where there is little room its middle goes: its ending says what it is. */
export function FileName({ name }: { name: string }) {
  const { stem, tail } = nameParts(name);
  return (
    <span className={classes.name} title={name}>
      <span>{stem}</span>
      <span>{tail}</span>
    </span>
  );
}
