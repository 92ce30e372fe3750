import type { Id } from "@hutong/realtime";
import { Face, type FacePerson } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";

import { usePresence } from "../hooks/useMessenger";
import classes from "./PresentFace.module.css";

interface PresentFaceProps {
  person: FacePerson & { kind: "member" | "contact"; is_active: boolean };
  size: number;
}

/** A colleague's face with how they are here: a full dot before their screen, a ring away from it. Customers come and go unseen. */
export function PresentFace({ person, size }: PresentFaceProps) {
  const state = usePresence(asked(person));
  return (
    <span className={classes.frame}>
      <Face person={person} size={size} isMuted={!person.is_active} />
      {state === "offline" ? null : <span className={classes.dot} data-state={state} aria-hidden="true" />}
    </span>
  );
}

/** The same in a word; null for who is not here. */
export function usePresenceText(person: PresentFaceProps["person"] | undefined): string | null {
  const { t } = useLingui();
  const state = usePresence(person && asked(person));
  return { active: t`在线`, away: t`在线，暂时离开`, offline: null }[state];
}

function asked(person: PresentFaceProps["person"] & { id: Id }): Id | undefined {
  return person.kind === "member" && person.is_active ? person.id : undefined;
}
