import { useLingui } from "@lingui/react/macro";
import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { KeyboardEvent, RefObject } from "react";

import { ariaKey, keyText } from "../../../../app/keys/keyNames";
import { useSearchPlace } from "../../hooks/useSearchPlace";
import listClasses from "../ConversationList.module.css";

interface SearchFieldProps {
  box: RefObject<HTMLInputElement | null>;
  listId: string | undefined;
  activeId: string | undefined;
  onType: (typed: string) => void;
  onComposing: (isComposing: boolean) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

export function SearchField({ box, listId, activeId, onType, onComposing, onKeyDown }: SearchFieldProps) {
  const { t } = useLingui();
  const { typed, filters } = useSearchPlace();
  const clear = () => {
    onType("");
    box.current?.focus();
  };
  return (
    <TextInput
      ref={box}
      className={listClasses.search}
      role="combobox"
      aria-label={t`搜索`}
      aria-expanded={listId !== undefined}
      aria-controls={listId}
      aria-autocomplete="list"
      aria-activedescendant={activeId}
      aria-keyshortcuts={ariaKey("search")}
      title={t`搜索（${keyText("search")}）`}
      placeholder={filters.conversationId === null ? t`搜索会话、同事、消息` : t`搜索聊天记录`}
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="search"
      maxLength={200}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onCompositionStart={() => onComposing(true)}
      onCompositionEnd={() => onComposing(false)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed ? <CloseButton size="sm" aria-label={t`清除搜索`} onClick={clear} /> : null}
    />
  );
}
