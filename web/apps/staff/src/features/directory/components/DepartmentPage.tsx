import type { DepartmentWithPath } from "@hutong/api";
import { Bone, EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBuildingOff, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { sentenceOf } from "../../../app/client";
import { PaneHeader } from "../../../app/Panes";
import { departmentQuery } from "../api/directory";
import classes from "./DepartmentPage.module.css";
import { DepartmentMembers } from "./DepartmentMembers";
import { MemberCardPane } from "./MemberCardPane";

/** One department: where it stands, what is below it, who is in it; a member's card opens beside the list. */
export function DepartmentPage({ departmentId }: { departmentId: string }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { member } = useSearch({ strict: false });
  const department = useQuery(departmentQuery(departmentId));
  if (department.error) {
    return (
      <>
        <PaneHeader title={t`部门`} back="/directory" />
        <EmptyState
          icon={<IconBuildingOff size={28} />}
          title={sentenceOf(department.error)}
          action={<Button variant="default" onClick={() => void department.refetch()}>{t`再试一次`}</Button>}
        />
      </>
    );
  }
  const shown = department.data;
  const count = shown ? i18n.number(shown.member_count) : "";
  const close = () => void navigate({ to: "/directory/$departmentId", params: { departmentId }, search: {} });
  return (
    <div className={classes.split} data-card={member !== undefined}>
      <div className={classes.department}>
        <PaneHeader
          title={shown?.name ?? <Bone width={140} height={16} />}
          subtitle={shown ? t`共 ${count} 人` : <Bone width={60} height={10} style={{ marginTop: 6 }} />}
          back="/directory"
        />
        <Breadcrumb department={shown} />
        <DepartmentMembers key={departmentId} departmentId={departmentId} selectedId={member ?? null} />
      </div>
      {member ? (
        <aside className={classes.card} aria-label={t`成员名片`}>
          <MemberCardPane key={member} memberId={member} close={close} isAside />
        </aside>
      ) : null}
    </div>
  );
}

function Breadcrumb({ department }: { department: DepartmentWithPath | undefined }) {
  const { t } = useLingui();
  const above = department?.path.slice(0, -1) ?? [];
  if (department && above.length === 0) return null;
  return (
    <nav className={classes.path} aria-label={t`所在位置`}>
      {department ? null : <Bone width={180} height={11} />}
      {above.map((step) => (
        <span key={step.id} className={classes.step}>
          <Link to="/directory/$departmentId" params={{ departmentId: step.id }}>{step.name}</Link>
          <IconChevronRight size={13} aria-hidden />
        </span>
      ))}
      {department ? <span aria-current="page">{department.name}</span> : null}
    </nav>
  );
}
