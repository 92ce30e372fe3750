import type { Conversation, Id } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { MemberLine } from "../../directory";
import { deleteDeputy, putDeputy } from "../api/groups";
import { listMentionable, listPeople } from "../api/messaging";
import { useInbox } from "../hooks/useMessenger";
import { groupOf } from "../state/groups";
import classes from "./GroupManagement.module.css";
import { Picker, type Picked } from "./Picker";

/** Who the deputies are; their owner chooses them here. */
export function DeputyRow({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const personId = useInbox((state) => state.personId);
  const { deputy_ids } = groupOf(conversation);
  const { data: deputies = [] } = useQuery({
    queryKey: ["messaging", "deputies", ...deputy_ids],
    queryFn: () => listPeople(deputy_ids),
    enabled: deputy_ids.length > 0,
    placeholderData: keepPreviousData,
  });
  const [isChoosing, setIsChoosing] = useState(false);
  const shown = deputies.filter((it) => deputy_ids.includes(it.id));
  if (isChoosing) return <DeputyForm conversationId={conversation.id} deputies={shown} onDone={() => setIsChoosing(false)} />;
  return (
    <div>
      <h4 className={classes.head}>
        {t`副群主`}
        {conversation.owner_id === personId ? (
          <Button size="compact-sm" variant="subtle" onClick={() => setIsChoosing(true)}>
            {deputy_ids.length > 0 ? t`调整副群主` : t`添加副群主`}
          </Button>
        ) : null}
      </h4>
      {shown.length > 0 ? (
        <ul className={classes.people} aria-label={t`副群主`}>
          {shown.map((it) => (
            <li key={it.id}>
              <Face person={it} size={28} isMuted={!it.is_active} />
              {it.name}
            </li>
          ))}
        </ul>
      ) : null}
      <p className={classes.note}>{t`副群主最多 10 人，可以管理群设置、处理入群申请、移出普通成员。`}</p>
    </div>
  );
}

interface DeputyFormProps {
  conversationId: Id;
  deputies: readonly Picked[];
  onDone: () => void;
}

function DeputyForm({ conversationId, deputies, onDone }: DeputyFormProps) {
  const { t } = useLingui();
  const [query, setQuery] = useState("");
  const [settled] = useDebouncedValue(query.trim(), 120);
  const [picked, setPicked] = useState<readonly Picked[]>(deputies);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { data: found = [], isPending, isError } = useQuery({
    queryKey: ["mentionable", conversationId, settled],
    queryFn: () => listMentionable(conversationId, settled),
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const save = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      for (const { id } of deputies) if (!picked.some((it) => it.id === id)) await deleteDeputy(conversationId, id);
      for (const { id } of picked) if (!deputies.some((it) => it.id === id)) await putDeputy(conversationId, id);
      onDone();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div>
      <Picker
        picked={picked}
        onChange={setPicked}
        query={query}
        onQuery={setQuery}
        choices={found}
        isPending={isPending || settled !== query.trim()}
        draw={(member) => <MemberLine member={member} words={query.trim()} />}
        nothing={isError ? t`没能搜索，请检查网络后再试。` : t`群里没有找到这位同事。`}
        labels={{ picked: t`副群主`, search: t`搜索群成员`, placeholder: t`姓名或拼音`, list: t`群成员` }}
      />
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button fullWidth size="md" mt="md" loading={isBusy} onClick={() => void save()}>
        {t`保存副群主`}
      </Button>
    </div>
  );
}
