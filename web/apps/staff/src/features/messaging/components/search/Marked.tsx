import type { MarkedPart } from "../../state/marks";
import classes from "./Search.module.css";

export function Marked({ parts }: { parts: readonly MarkedPart[] }) {
  return (
    <>
      {parts.map((part, at) =>
        part.isMarked ? (
          <mark key={at} className={classes.mark}>
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
