import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconUserPlus, IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";

import { PaneHeader } from "../../../../app/Panes";
import { MemberSearch } from "../MemberSearch";
import { AddMember } from "./AddMember";
import classes from "./Admin.module.css";
import { MemberActions } from "./MemberActions";

/** Find a member to invite or to give a password; add one. */
export function MembersPage() {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PaneHeader
        title={t`成员管理`}
        back="/admin"
        actions={<Button size="xs" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t`添加成员`}</Button>}
      />
      <div className={classes.found}>
        <MemberSearch
          typed={typed}
          onType={setTyped}
          onChoose={setChosenId}
          selectedId={chosenId}
          frame={(box) => <div className={classes.searchBar}>{box}</div>}
        >
          <EmptyState
            icon={<IconUserSearch size={28} />}
            title={t`先找到要管理的成员`}
            hint={t`搜索后点开一位成员，就可以给他邀请链接，或重置密码。`}
          />
        </MemberSearch>
      </div>
      <AddMember
        isOpen={isAdding}
        close={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          setChosenId(id);
        }}
      />
      {chosenId ? <MemberActions key={chosenId} memberId={chosenId} close={() => setChosenId(null)} /> : null}
    </>
  );
}
