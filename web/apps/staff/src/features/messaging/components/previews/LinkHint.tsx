import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconLink, IconX } from "@tabler/icons-react";

import classes from "./Previews.module.css";

/** That a link will be shown as a card once it is sent, and how it will not. */
export function LinkHint({ host, onDismiss }: { host: string | null; onDismiss: () => void }) {
  const { t } = useLingui();
  if (host === null) return null;
  return (
    <div className={classes.hint}>
      <IconLink size={15} stroke={1.8} aria-hidden />
      <span>{t`发送后显示 ${host} 的链接卡片`}</span>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t`不显示链接卡片`} title={t`不显示链接卡片`} onClick={onDismiss}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}
