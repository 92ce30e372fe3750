import type { RosterPlan } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, Group, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconFileSpreadsheet } from "@tabler/icons-react";
import { useState } from "react";

import { Card } from "../../../../app/Card";
import { sentenceOf } from "../../../../app/client";
import { Problem } from "../../../identity/components/Problem";
import classes from "./Roster.module.css";
import { RemovesMissing } from "./RosterChoose";
import { RosterTabs } from "./RosterTabs";
import { Tiles } from "./Tiles";

interface RosterPlanViewProps {
  file: File;
  plan: RosterPlan;
  error: unknown;
  removesMissing: boolean;
  onRemovesMissing: (removes: boolean) => void;
  onImport: (confirmsRemoval: boolean) => void;
  onCancel: () => void;
}

/** What the file would do, to be looked at before it is done. Taking out many people asks for their number to be typed. */
export function RosterPlanView({ file, plan, error, removesMissing, onRemovesMissing, onImport, onCancel }: RosterPlanViewProps) {
  const { t, i18n } = useLingui();
  const [typed, setTyped] = useState("");
  const asksForNumber = plan.removes_many && plan.removed > 0;
  const isConfirmed = !asksForNumber || typed.trim() === String(plan.removed);
  const isNothing = plan.added + plan.changed + plan.removed + plan.departments_added === 0;
  const removed = i18n.number(plan.removed);
  return (
    <>
      <Card>
        <div className={classes.file}>
          <IconFileSpreadsheet size={26} stroke={1.5} aria-hidden />
          <div>
            <h3>{file.name}</h3>
            <p>{isNothing ? t`公司与文件一致，没有需要改动的。` : t`已核对，还没有改动任何内容。看过之后再导入。`}</p>
          </div>
        </div>
        <Tiles counts={plan} />
        {plan.notes.length > 0 ? (
          <ul className={classes.notes}>
            {plan.notes.map((note) => <li key={note}>{note}</li>)}
          </ul>
        ) : null}
        <RemovesMissing value={removesMissing} onChange={onRemovesMissing} />
        {plan.faulty > 0 ? <p className={classes.note}>{t`有误的行会被跳过，其余照常导入。改好文件后可以再导入一次。`}</p> : null}
        {asksForNumber ? (
          <div className={classes.warning} role="alert">
            <IconAlertTriangle size={20} aria-hidden />
            <div>
              <p>{t`这次导入会把 ${removed} 人移出公司，他们将不能再登录。请确认文件是完整的名单。`}</p>
              <TextInput
                label={t`输入要移出的人数 ${plan.removed} 以确认`}
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </div>
          </div>
        ) : null}
        <Problem>{error ? sentenceOf(error) : null}</Problem>
        <Group mt="lg">
          <Button disabled={isNothing || !isConfirmed} color={asksForNumber ? "red" : undefined} onClick={() => onImport(asksForNumber)}>
            {asksForNumber ? t`导入并移出 ${removed} 人` : t`导入`}
          </Button>
          <Button variant="default" onClick={onCancel}>{t`换一份文件`}</Button>
        </Group>
      </Card>
      <RosterTabs plan={plan} fileName={file.name} />
    </>
  );
}
