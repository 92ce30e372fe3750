import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useInViewport } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { readCountQuery } from "../api/channels";
import classes from "./Message.module.css";
import { ChannelReadersDialog } from "./ChannelReadersDialog";

/** How many have read one's own announcement, asked for while it is in sight; who they are, a tap away. */
export function ReadCount({ channelId, seq }: { channelId: Id; seq: number }) {
  const { t } = useLingui();
  const { ref, inViewport } = useInViewport<HTMLSpanElement>();
  const { data } = useQuery({ ...readCountQuery(channelId, seq), enabled: inViewport });
  const [isOpen, setIsOpen] = useState(false);
  return (
    <span ref={ref} className={classes.reads}>
      {data ? (
        <button type="button" onClick={() => setIsOpen(true)} aria-label={t`已读 ${data.read_count}/${data.audience_count}，查看名单`}>
          {t`已读 ${data.read_count}/${data.audience_count}`}
        </button>
      ) : null}
      {isOpen ? <ChannelReadersDialog channelId={channelId} seq={seq} onClose={() => setIsOpen(false)} /> : null}
    </span>
  );
}
