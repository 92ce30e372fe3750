import type { Member } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";

import { MemberLine, useMemberSearch } from "../../directory";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { othersIn, sortedConversations } from "../state/selectors";
import { Picker, PickerName, type Picked } from "./Picker";

interface Choice extends Picked {
  /** Null for those one knows already, shown by name alone. */
  member: Member | null;
}

interface MemberPickerProps {
  picked: readonly Picked[];
  onChange: (picked: readonly Picked[]) => void;
  /** Already there. */
  without?: ReadonlySet<Id>;
}

/** Colleagues by name, pinyin, initials, account or the end of a phone number; before a word is typed, those one talks with. */
export function MemberPicker({ picked, onChange, without }: MemberPickerProps) {
  const { t } = useLingui();
  const [query, setQuery] = useState("");
  const { choices, isPending, isFailed } = useChoices(query, without);
  return (
    <Picker
      picked={picked}
      onChange={onChange}
      query={query}
      onQuery={setQuery}
      choices={choices}
      isPending={isPending}
      draw={(choice) =>
        choice.member ? (
          <MemberLine member={choice.member} words={query.trim()} />
        ) : (
          <>
            <Face person={choice} size={36} />
            <PickerName>{choice.name}</PickerName>
          </>
        )
      }
      nothing={isFailed ? t`没能搜索，请检查网络后再试。` : query.trim() ? t`没有找到同事，换个写法试试。` : t`输入名字，找到要聊天的同事。`}
      labels={{ picked: t`已选同事`, search: t`搜索同事`, placeholder: t`姓名、拼音、账号或手机尾号`, list: t`同事` }}
    />
  );
}

function useChoices(query: string, without: ReadonlySet<Id> | undefined) {
  const { store } = useMessenger();
  const personId = useInbox((state) => state.personId);
  const conversations = useInbox(sortedConversations);
  const { data, isPending, error } = useMemberSearch(query);
  const familiar = useMemo(() => {
    const people = conversations.filter((it) => it.kind === "direct").flatMap((it) => othersIn(it, store.getState().personId));
    return people.filter((it) => it.kind === "member" && it.is_active).slice(0, 12).map((it): Choice => ({ id: it.id, name: it.name, member: null }));
  }, [conversations, store]);
  const found = (data ?? []).filter((it) => it.is_active).map((it): Choice => ({ id: it.id, name: it.name, member: it }));
  const choices = (query.trim() ? found : familiar).filter((it) => it.id !== personId && !without?.has(it.id));
  return { choices, isPending, isFailed: error !== null };
}
