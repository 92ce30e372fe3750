import type { Id, Reaction } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useInbox } from "../hooks/useMessenger";
import { personName } from "../state/selectors";
import classes from "./Reactions.module.css";

const MOST_NAMES = 12;

interface ReactionsProps {
  reactions: readonly Reaction[];
  /** Absent where one may only look. */
  onToggle?: (emoji: string) => void;
}

/** Who answered with an emoji; one's own is marked, and a click adds it or takes it back. */
export function Reactions({ reactions, onToggle }: ReactionsProps) {
  return (
    <div className={classes.reactions}>
      {reactions.map((reaction) => (
        <Chip key={reaction.emoji} reaction={reaction} onToggle={onToggle} />
      ))}
    </div>
  );
}

function Chip({ reaction: { emoji, count, person_ids }, onToggle }: { reaction: Reaction; onToggle?: (emoji: string) => void }) {
  const { t } = useLingui();
  const isMine = useInbox((state) => person_ids.includes(state.personId));
  const nameOf = (id: Id, state: Parameters<typeof personName>[0] & { personId: Id }) => (id === state.personId ? t`我` : personName(state, id) || "…");
  const names = useInbox((state) => person_ids.slice(0, MOST_NAMES).map((id) => nameOf(id, state)).join(t`、`));
  const who = count > MOST_NAMES ? t`${names} 等 ${count} 人` : names;
  return (
    <button
      type="button"
      className={classes.chip}
      data-mine={isMine || undefined}
      aria-pressed={isMine}
      aria-label={t`${emoji}：${who}`}
      title={who}
      disabled={!onToggle}
      onClick={() => onToggle?.(emoji)}
    >
      <span aria-hidden="true">{emoji}</span>
      <span className={classes.count} aria-hidden="true">
        {count}
      </span>
    </button>
  );
}
