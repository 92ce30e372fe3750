import type { CSSProperties } from "react";

import classes from "./Skeleton.module.css";

/** A still grey shape where something is about to be; takes the room that it will take. */
export function Bone({ width, height = 12, radius = 4, style }: { width: number | string; height?: number; radius?: number; style?: CSSProperties }) {
  return <span className={classes.bone} style={{ width, height, borderRadius: radius, ...style }} aria-hidden="true" />;
}

/** Rows of a list with a face and two lines, as high as the rows that will replace them. */
export function SkeletonRows({ count = 8, height = 64, face = 40 }: { count?: number; height?: number; face?: number }) {
  return (
    <div role="presentation" aria-hidden="true">
      {Array.from({ length: count }, (_, at) => (
        <div key={at} className={classes.row} style={{ height }}>
          <Bone width={face} height={face} radius={Math.round(face * 0.24)} />
          <div className={classes.lines}>
            <Bone width={`${38 + ((at * 17) % 30)}%`} />
            {height >= 56 ? <Bone width={`${55 + ((at * 23) % 35)}%`} height={10} /> : null}
          </div>
        </div>
      ))}
    </div>
  );
}
