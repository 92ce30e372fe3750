import { Bone } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconCopy, IconDownload } from "@tabler/icons-react";

import { sentenceOf } from "../../../app/client";
import { useMe } from "../../../app/session";
import { useCopy } from "../../messaging";
import { useContactWay } from "../hooks/useContacts";
import classes from "./ContactWayCard.module.css";

/** My contact link and its QR code: whoever opens it talks with me, with nothing to install. */
export function ContactWayCard() {
  const { t } = useLingui();
  const me = useMe();
  const { data: way, error, refetch } = useContactWay();
  const copy = useCopy();
  if (error && !way) {
    return (
      <div className={classes.card}>
        <p className={classes.hint} role="alert">{sentenceOf(error)}</p>
        <Button variant="light" onClick={() => void refetch()}>{t`重新加载`}</Button>
      </div>
    );
  }
  return (
    <div className={classes.card}>
      <p className={classes.hint}>{t`客户扫一扫，或打开链接，就能直接和你聊天：不用下载，不用注册。`}</p>
      <div className={classes.code}>
        {way ? <img src={way.qr_url} alt={t`${me.name}的联系二维码`} width={208} height={208} /> : <Bone width={208} height={208} radius={8} />}
      </div>
      <TextInput
        className={classes.link}
        aria-label={t`我的联系链接`}
        value={way?.url ?? ""}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={classes.actions}>
        <Button leftSection={<IconCopy size={18} aria-hidden />} disabled={!way} onClick={() => void copy(way?.url ?? "", t`链接已复制`)}>
          {t`复制链接`}
        </Button>
        <Button component="a" variant="default" href={way?.qr_url} download={`${me.name}-${me.company.name}.svg`} leftSection={<IconDownload size={18} aria-hidden />} data-disabled={!way || undefined}>
          {t`下载二维码`}
        </Button>
      </div>
    </div>
  );
}
