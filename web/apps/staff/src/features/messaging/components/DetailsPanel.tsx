import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { CloseButton, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";

import { ChannelDetails } from "./ChannelDetails";
import classes from "./DetailsPanel.module.css";
import { GroupDetails } from "./GroupDetails";
import { PersonDetails } from "./PersonDetails";

/** Beside the talk where there is room; over it on narrow screens. */
export function DetailsPanel({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLingui();
  const isWide = useMediaQuery("(min-width: 1100px)", true, { getInitialValueInEffect: false });
  const Details = { direct: PersonDetails, customer: PersonDetails, group: GroupDetails, channel: ChannelDetails }[conversation.kind];
  const inside = <Details conversation={conversation} />;
  if (!isWide) {
    return (
      <Drawer opened onClose={onClose} position="right" size={340} title={t`会话详情`} closeButtonProps={{ "aria-label": t`关闭详情`, size: 44 }} transitionProps={{ duration: 120 }}>
        {inside}
      </Drawer>
    );
  }
  return (
    <aside className={classes.panel} aria-label={t`会话详情`}>
      <div className={classes.head}>
        <h3>{t`会话详情`}</h3>
        <CloseButton size={36} aria-label={t`关闭详情`} onClick={onClose} />
      </div>
      <div className={classes.body}>{inside}</div>
    </aside>
  );
}
