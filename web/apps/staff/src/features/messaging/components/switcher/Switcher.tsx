import { useLingui } from "@lingui/react/macro";
import { Modal, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconSearch, type TablerIcon } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState, type KeyboardEvent } from "react";

import { sentenceOf } from "../../../../app/client";
import { showToast } from "../../../../app/toast";
import { MemberLine } from "../../../directory";
import { useGoToSearch } from "../../hooks/useGoToSearch";
import { useSounds } from "../../hooks/useSounds";
import { useStartChat } from "../../hooks/useStartChat";
import { useSwitcherChoices, type Choice } from "../../hooks/useSwitcherChoices";
import { partsNamed } from "../../state/finding";
import { FoundChat } from "../search/FoundChat";
import { Marked } from "../search/Marked";
import { UnreadBadge } from "../UnreadBadge";
import classes from "./Switcher.module.css";

/** Somewhere in the app that is no chat. */
export interface Place {
  id: string;
  name: string;
  icon: TablerIcon;
  go: () => void;
}

interface SwitcherProps {
  isOpen: boolean;
  onClose: () => void;
  places: readonly Place[];
}

/** One field that leads everywhere: a few letters of a name, Enter, there. */
export function Switcher({ isOpen, onClose, places }: SwitcherProps) {
  const { t } = useLingui();
  const isPhone = useMediaQuery("(max-width: 768px)", false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      // Whoever has gone somewhere is there, and not where they were before.
      returnFocus={false}
      withCloseButton={isPhone}
      title={isPhone ? t`快速跳转` : undefined}
      closeButtonProps={{ "aria-label": t`关闭` }}
      attributes={isPhone ? undefined : { content: { "aria-label": t`快速跳转` } }}
      fullScreen={isPhone}
      size={560}
      padding={isPhone ? 12 : 0}
      // What is found changes the height and not the place of the field.
      centered={false}
      yOffset="11dvh"
      // Who knows where they are going does not wait for a fade.
      transitionProps={{ duration: 0 }}
    >
      {isOpen ? <Inside places={places} onClose={onClose} /> : null}
    </Modal>
  );
}

function Inside({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const goToSearch = useGoToSearch();
  const { openDirectWith } = useStartChat();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { groups, isPending } = useSwitcherChoices(query, places);
  const choices = groups.flatMap((it) => it.choices);
  const active = choices[Math.min(at, choices.length - 1)];

  const go = (choice: Choice) => {
    onClose();
    switch (choice.type) {
      case "chat":
        return void navigate({ to: "/chats/$conversationId", params: { conversationId: choice.conversation.id } });
      case "member":
        return void openDirectWith(choice.member.id).catch((error: unknown) => showToast("failed", sentenceOf(error)));
      case "place":
        return choice.place.go();
      case "words":
        return goToSearch(query.trim());
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const last = choices.length - 1;
    if (event.key === "ArrowDown") setAt(at >= last ? 0 : at + 1);
    else if (event.key === "ArrowUp") setAt(at <= 0 ? last : Math.min(at, last) - 1);
    else if (event.key === "Enter" && active) go(active);
    else return;
    event.preventDefault();
  };
  const names = { chats: t({ message: "会话", context: "several" }), members: t`同事`, places: t`页面`, words: t`消息` };
  return (
    <div className={classes.switcher}>
      <TextInput
        data-autofocus
        className={classes.field}
        classNames={{ input: classes.input }}
        variant="unstyled"
        size="md"
        role="combobox"
        aria-label={t`跳转到`}
        aria-expanded={choices.length > 0}
        aria-controls={choices.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${listId}-${active.key}` : undefined}
        placeholder={t`会话、同事、群或页面，可用拼音`}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={100}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={18} stroke={1.8} aria-hidden />}
      />
      <div id={listId} role="listbox" aria-label={t`可以去的地方`} aria-busy={isPending} tabIndex={-1} className={classes.list} hidden={choices.length === 0}>
        {groups.map(({ of, choices: inGroup }) => (
          <div key={of} role="group" aria-label={names[of]}>
            {query.trim() && of !== "words" ? <div className={classes.section} aria-hidden="true">{names[of]}</div> : null}
            {inGroup.map((choice) => (
              // The keys are the field's: it keeps the focus and names this option as its active one.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={choice.key}
                id={`${listId}-${choice.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={choice === active || choice.key === active?.key}
                data-active={choice.key === active?.key || undefined}
                className={classes.choice}
                ref={(element) => {
                  if (choice.key === active?.key) element?.scrollIntoView({ block: "nearest" });
                }}
                onClick={() => go(choice)}
              >
                <Drawn choice={choice} query={query} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function Drawn({ choice, query }: { choice: Choice; query: string }) {
  const { t } = useLingui();
  const sounds = useSounds();
  switch (choice.type) {
    case "chat":
      return (
        <>
          <FoundChat conversation={choice.conversation} typed={query} />
          <UnreadBadge conversation={choice.conversation} />
        </>
      );
    case "member":
      return <MemberLine member={choice.member} words={query.trim()} />;
    case "place":
      return (
        <span className={classes.place}>
          <span className={classes.icon}><choice.place.icon size={20} stroke={1.7} aria-hidden /></span>
          <span><Marked parts={partsNamed(choice.place.name, query, sounds)} /></span>
        </span>
      );
    case "words": {
      const words = query.trim();
      return (
        <span className={classes.place}>
          <span className={classes.icon}><IconSearch size={20} stroke={1.7} aria-hidden /></span>
          <span className={classes.words}>{t`在消息里搜索“${words}”`}</span>
        </span>
      );
    }
  }
}
