import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Popover } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";

import { EMOJI } from "../state/emoji";
import classes from "./Composer.module.css";

/** A grid that the arrows walk; one pick closes it and goes back to the text. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent) => {
    const columns = getComputedStyle(event.currentTarget).gridTemplateColumns.split(" ").length;
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -at, End: EMOJI.length - 1 - at };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(EMOJI.length - 1, Math.max(0, at + step));
    setAt(next);
    grid.current?.querySelectorAll("button")[next]?.focus();
  };

  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top-start" trapFocus returnFocus shadow="md" radius={12}>
      <Popover.Target>
        <ActionIcon className={classes.tool} variant="subtle" color="gray" size={36} aria-label={t`表情`} title={t`表情`} onClick={() => setIsOpen((it) => !it)}>
          <IconMoodSmile size={21} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t`选择表情`}>
        {/* One stop for Tab; inside, the arrows. */}
        <div ref={grid} className={classes.emoji} role="toolbar" aria-label={t`表情列表`} onKeyDown={move}>
          {EMOJI.map((emoji, index) => (
            <button
              key={emoji}
              type="button"
              tabIndex={index === at ? 0 : -1}
              data-autofocus={index === at || undefined}
              onFocus={() => setAt(index)}
              onClick={() => {
                setIsOpen(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
