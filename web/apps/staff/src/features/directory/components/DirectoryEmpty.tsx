import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { IconAddressBook } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { MemberCardPane } from "./MemberCardPane";

/** The main pane while no department is open: the member that was searched for, or what to do. */
export function DirectoryEmpty() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { member } = useSearch({ strict: false });
  if (member) return <MemberCardPane memberId={member} close={() => void navigate({ to: "/directory" })} />;
  return (
    <EmptyState
      icon={<IconAddressBook size={28} />}
      title={t`找到同事，开始聊天`}
      hint={t`在左边展开部门，或者按姓名、拼音首字母、账号、手机尾号搜索。`}
    />
  );
}
