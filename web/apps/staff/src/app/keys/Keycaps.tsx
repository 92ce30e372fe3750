import { keycaps, type KeyName } from "./keyNames";
import classes from "./Keys.module.css";

/** A key as it is drawn. */
export function Keycaps({ name }: { name: KeyName }) {
  return (
    <span className={classes.caps}>
      {keycaps(name).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
