import { useLingui } from "@lingui/react/macro";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { ListHeader } from "../../../app/Panes";
import { DepartmentTree } from "./DepartmentTree";
import { MemberSearch } from "./MemberSearch";

/** The list pane of the directory: departments, and above them the search that takes their place while one types. */
export function DirectoryList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const { departmentId } = useParams({ strict: false });
  const { member } = useSearch({ strict: false });
  return (
    <MemberSearch
      typed={typed}
      onType={setTyped}
      selectedId={member ?? null}
      onChoose={(id) => void navigate({ to: "/directory", search: { member: id } })}
      frame={(box) => <ListHeader title={t`通讯录`}>{box}</ListHeader>}
    >
      <DepartmentTree selectedId={departmentId ?? null} />
    </MemberSearch>
  );
}
