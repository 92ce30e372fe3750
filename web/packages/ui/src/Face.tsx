import type { CSSProperties } from "react";

import { faceColour, faceText } from "./faceText";
import classes from "./Face.module.css";

export interface FacePerson {
  id: string;
  name: string;
  avatar_url?: string | null;
}

interface FaceProps {
  person: FacePerson;
  size?: number;
  /** Somebody who has left the company: grey. */
  isMuted?: boolean;
}

/** Decoration beside a name that is written out: hidden from screen readers. */
export function Face({ person, size = 40, isMuted = false }: FaceProps) {
  const style: CSSProperties = {
    width: size,
    height: size,
    borderRadius: Math.round(size * 0.24),
    background: isMuted ? "#66757c" : faceColour(person.id),
  };
  if (person.avatar_url) {
    return <img className={classes.face} style={style} src={person.avatar_url} alt="" width={size} height={size} />;
  }
  const text = faceText(person.name, size < 32 ? 1 : 2);
  return (
    <span className={classes.face} style={{ ...style, fontSize: Math.round(size * (size < 32 ? 0.5 : 0.34)) }} aria-hidden="true">
      {text}
    </span>
  );
}

/** A group's face: up to three of its people, each large enough to be read. */
export function GroupFace({ people, size = 40 }: { people: readonly FacePerson[]; size?: number }) {
  const shown = people.slice(0, 3);
  const columns = shown.length <= 1 ? 1 : 2;
  const gap = 1;
  const cell = Math.floor((size - 4 - gap * (columns - 1)) / columns);
  return (
    <span
      className={classes.group}
      style={{ width: size, height: size, borderRadius: Math.round(size * 0.24), gap }}
      aria-hidden="true"
    >
      {shown.map((person) => (
        <span
          key={person.id}
          className={classes.cell}
          style={{ width: cell, height: cell, background: faceColour(person.id), fontSize: Math.max(7, Math.round(cell * 0.58)) }}
        >
          {faceText(person.name, 1)}
        </span>
      ))}
    </span>
  );
}
