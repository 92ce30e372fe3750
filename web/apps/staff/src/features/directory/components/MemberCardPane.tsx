import type { MemberCard } from "@hutong/api";
import { Bone, EmptyState, Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconMessageCircle, IconUserOff, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { sentenceOf } from "../../../app/client";
import { PaneHeader } from "../../../app/Panes";
import { useMe } from "../../../app/session";
import { memberQuery } from "../api/directory";
import { useMessageMember } from "../hooks/useMessageMember";
import classes from "./MemberCard.module.css";

interface MemberCardPaneProps {
  memberId: string;
  close: () => void;
  /** Beside a list on a desk: with a cross of its own. */
  isAside?: boolean;
}

/** A member's card in the main pane, or beside the department's list. */
export function MemberCardPane({ memberId, close, isAside = false }: MemberCardPaneProps) {
  const { t } = useLingui();
  const member = useQuery(memberQuery(memberId));
  const cross = isAside ? (
    <ActionIcon variant="subtle" color="gray" onClick={close} aria-label={t`关闭名片`} className={classes.cross}>
      <IconX size={18} aria-hidden />
    </ActionIcon>
  ) : null;
  return (
    <>
      <PaneHeader title={t`名片`} back={close} actions={cross} />
      <div className={classes.pane}>
        {member.error ? (
          <EmptyState
            icon={<IconUserOff size={28} />}
            title={sentenceOf(member.error)}
            action={<Button variant="default" onClick={() => void member.refetch()}>{t`再试一次`}</Button>}
          />
        ) : member.data ? (
          <CardFacts member={member.data} />
        ) : (
          <CardSkeleton />
        )}
      </div>
    </>
  );
}

function CardSkeleton() {
  return (
    <div className={classes.card} aria-hidden="true">
      <div className={classes.top}>
        <Bone width={64} height={64} radius={15} />
        <div><Bone width={120} height={20} /><Bone width={80} style={{ marginTop: 8 }} /></div>
      </div>
      <Bone width="100%" height={36} radius={8} style={{ marginTop: 20 }} />
      {[0, 1, 2, 3].map((at) => <Bone key={at} width={`${70 - at * 9}%`} style={{ marginTop: 22 }} />)}
    </div>
  );
}

function CardFacts({ member }: { member: MemberCard }) {
  const { t } = useLingui();
  const me = useMe();
  const message = useMessageMember();
  const genders = { male: t`男`, female: t`女` };
  const facts: [string, ReactNode][] = [
    [t`手机`, member.phone ? <a href={`tel:${member.phone}`}>{member.phone}</a> : null],
    [t`座机`, member.landline ? <a href={`tel:${member.landline}`}>{member.landline}</a> : null],
    [t`工作邮箱`, member.work_email ? <a href={`mailto:${member.work_email}`}>{member.work_email}</a> : null],
    [t`个人邮箱`, member.personal_email ? <a href={`mailto:${member.personal_email}`}>{member.personal_email}</a> : null],
    [t`账号`, member.account],
    [t`性别`, member.gender ? genders[member.gender] : null],
    [t`地址`, member.address],
  ];
  return (
    <article className={classes.card}>
      <div className={classes.top}>
        <Face person={member} size={64} isMuted={!member.is_active} />
        <div className={classes.who}>
          <h3>
            {member.name}
            {member.alias ? <small>{member.alias}</small> : null}
          </h3>
          <p>{member.title ?? t`未填写职务`}</p>
        </div>
      </div>
      {member.is_active && member.id !== me.id ? (
        <Button
          fullWidth
          mt={20}
          leftSection={<IconMessageCircle size={18} aria-hidden />}
          loading={message.isPending}
          onClick={() => message.mutate(member.id)}
        >
          {t`发消息`}
        </Button>
      ) : null}
      {member.is_active ? null : <p className={classes.gone}>{t`这位同事已离开公司，不能再收消息。`}</p>}
      <dl className={classes.facts}>
        <div>
          <dt>{t`部门`}</dt>
          <dd>
            {member.departments.length === 0 ? t`没有部门` : null}
            {member.departments.map((department) => (
              <div key={department.id}>
                <Link to="/directory/$departmentId" params={{ departmentId: department.id }} search={{ member: member.id }}>
                  {department.path.split("/").join(" / ")}
                </Link>
                {department.is_head ? <span className={classes.head}>{t`负责人`}</span> : null}
              </div>
            ))}
          </dd>
        </div>
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </article>
  );
}
