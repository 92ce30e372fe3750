import { fullTime } from "@hutong/i18n";
import { Bone } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Card } from "../../../../app/Card";
import { queryClient, sentenceOf } from "../../../../app/client";
import { useLanguage } from "../../../../app/language";
import { PaneHeader } from "../../../../app/Panes";
import { showToast } from "../../../../app/toast";
import { getRetention, previewRetention, putRetention, type RetentionWish } from "../../api/retention";
import classes from "./Retention.module.css";
import { RetentionConfirm, type Shown } from "./RetentionConfirm";

const KEY = ["messaging", "retention"];
const CHOICES = [30, 90, 180, 365, 730, 1095, 1825, 3650];

/** How long what was said is kept, in chats among staff and with customers apart; before it is changed one sees what goes. */
export function RetentionPage() {
  const { t } = useLingui();
  const { data: rule, error, refetch } = useQuery({ queryKey: KEY, queryFn: getRetention, staleTime: 0 });
  return (
    <>
      <PaneHeader title={t`消息保存期限`} back="/admin" />
      <div className={classes.page}>
        {rule ? (
          <RetentionForm key={rule.changed_at ?? ""} rule={rule} />
        ) : error ? (
          <p role="alert">
            {sentenceOf(error)} <Button size="compact-sm" variant="subtle" onClick={() => void refetch()}>{t`重试`}</Button>
          </p>
        ) : (
          <Bone width="100%" height={220} />
        )}
      </div>
    </>
  );
}

function RetentionForm({ rule }: { rule: Awaited<ReturnType<typeof getRetention>> }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [wish, setWish] = useState<RetentionWish>({ staff_days: rule.staff_days, customer_days: rule.customer_days });
  const [shown, setShown] = useState<Shown | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isSame = wish.staff_days === rule.staff_days && wish.customer_days === rule.customer_days;
  const look = async () => {
    setIsBusy(true);
    try {
      setShown({ wish, effect: await previewRetention(wish) });
    } catch (error) {
      showToast("failed", sentenceOf(error));
    }
    setIsBusy(false);
  };
  const confirm = async () => {
    if (!shown) return;
    try {
      queryClient.setQueryData(KEY, await putRetention(shown.wish, shown.effect));
      showToast("done", t`保存期限已更新。`);
    } catch (error) {
      // More went meanwhile, or too much time: what it removes is shown anew.
      if ((error as { code?: string }).code === "removes_more") setShown({ wish: shown.wish, effect: await previewRetention(shown.wish) });
      throw error;
    }
  };
  const changed = rule.changed_by && rule.changed_at ? { name: rule.changed_by.name, at: fullTime(rule.changed_at, language) } : null;
  return (
    <>
      <Card level={3} hint={t`消息默认永久保存。设置期限后，超过期限的消息连同文件、图片、回应和收藏会从服务器永久删除，任何人都不能恢复。`}>
        <div className={classes.fields}>
          <DaysField label={t`同事之间的聊天和公告`} value={wish.staff_days} onChange={(staff_days) => setWish({ ...wish, staff_days })} />
          <DaysField label={t`和客户的会话`} value={wish.customer_days} onChange={(customer_days) => setWish({ ...wish, customer_days })} />
        </div>
        <Button mt="lg" disabled={isSame} loading={isBusy} onClick={() => void look()}>
          {t`查看影响`}
        </Button>
        {changed ? <p className={classes.note}>{t`${changed.name} 于 ${changed.at} 修改`}</p> : null}
      </Card>
      {shown ? <RetentionConfirm shown={shown} onConfirm={confirm} onClose={() => setShown(null)} /> : null}
    </>
  );
}

function DaysField({ label, value, onChange }: { label: string; value: number | null; onChange: (days: number | null) => void }) {
  const { t } = useLingui();
  const spoken = (days: number) => (days % 365 === 0 ? (days === 365 ? t`1 年` : t`${days / 365} 年`) : t`${days} 天`);
  const days = value === null || CHOICES.includes(value) ? CHOICES : [...CHOICES, value].sort((a, b) => a - b);
  return (
    <NativeSelect
      label={label}
      value={value ?? ""}
      data={[{ value: "", label: t`永久` }, ...days.map((it) => ({ value: String(it), label: spoken(it) }))]}
      onChange={(event) => onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
    />
  );
}
