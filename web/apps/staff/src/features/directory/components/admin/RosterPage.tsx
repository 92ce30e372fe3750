import type { RosterImport } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, Group, Progress } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import { Card } from "../../../../app/Card";
import { PaneBody, PaneHeader } from "../../../../app/Panes";
import { useRosterImport } from "../../hooks/useRosterImport";
import classes from "./Roster.module.css";
import { RosterChoose } from "./RosterChoose";
import { RosterPlanView } from "./RosterPlanView";
import { Tiles } from "./Tiles";

/** A spreadsheet becomes the company: a dry run first, then one transaction. */
export function RosterPage() {
  const { t } = useLingui();
  const roster = useRosterImport();
  const { step } = roster;
  return (
    <>
      <PaneHeader title={t`导入花名册`} back="/admin" />
      <PaneBody width={920}>
        {step.kind === "choose" ? (
          <RosterChoose error={step.error} onChoose={roster.choose} removesMissing={roster.removesMissing} onRemovesMissing={roster.changeRemovesMissing} />
        ) : null}
        {step.kind === "reading" ? <Busy name={step.file.name} share={step.share} working={t`正在核对每一行，还没有改动任何内容…`} /> : null}
        {step.kind === "plan" ? (
          <RosterPlanView
            key={step.plan.digest}
            file={step.file}
            plan={step.plan}
            error={step.error}
            removesMissing={roster.removesMissing}
            onRemovesMissing={roster.changeRemovesMissing}
            onImport={roster.write}
            onCancel={roster.restart}
          />
        ) : null}
        {step.kind === "writing" ? <Busy name={step.file.name} share={step.share} working={t`正在写入，请不要关闭页面…`} /> : null}
        {step.kind === "done" ? <Done name={step.file.name} result={step.result} onAgain={roster.restart} /> : null}
      </PaneBody>
    </>
  );
}

function Busy({ name, share, working }: { name: string; share: number; working: string }) {
  const { t } = useLingui();
  const isSent = share >= 1;
  const percent = Math.round(share * 100);
  return (
    <Card title={name}>
      <div className={classes.busy} role="status">
        {isSent ? working : t`正在上传 ${percent}%`}
      </div>
      <Progress value={isSent ? 100 : percent} animated={isSent} striped={isSent} size="sm" aria-label={t`进度`} />
    </Card>
  );
}

function Done({ name, result, onAgain }: { name: string; result: RosterImport; onAgain: () => void }) {
  const { t } = useLingui();
  const isNothing = result.added + result.changed + result.removed + result.departments_added === 0;
  return (
    <Card>
      <div className={classes.done} role="status">
        <IconCircleCheck size={32} stroke={1.6} aria-hidden />
        <div>
          <h3>{isNothing ? t`已核对，公司与文件一致，没有需要改动的` : t`导入完成`}</h3>
          <p>{name}</p>
        </div>
      </div>
      <Tiles counts={result} />
      {result.added > 0 ? <p className={classes.note}>{t`新成员还没有密码。可在“成员管理”里给他们发邀请链接。`}</p> : null}
      <Group mt="lg">
        <Button component={Link} to="/directory">{t`去通讯录看看`}</Button>
        <Button variant="default" component={Link} to="/admin/members">{t`成员管理`}</Button>
        <Button variant="default" onClick={onAgain}>{t`再导入一份`}</Button>
      </Group>
    </Card>
  );
}
