import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { CloseButton, Drawer, Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";

import type { DetailsTab } from "../hooks/useDetailsOpen";
import { ChannelDetails } from "./ChannelDetails";
import classes from "./DetailsPanel.module.css";
import { GroupDetails } from "./GroupDetails";
import { PersonDetails } from "./PersonDetails";
import { SharedPane } from "./shared/SharedPane";

interface DetailsPanelProps {
  conversation: Conversation;
  tab: DetailsTab;
  onTab: (tab: DetailsTab) => void;
  onClose: () => void;
}

/** Beside the talk where there is room; over it on narrow screens. */
export function DetailsPanel({ conversation, tab, onTab, onClose }: DetailsPanelProps) {
  const { t } = useLingui();
  const isWide = useMediaQuery("(min-width: 1100px)", true, { getInitialValueInEffect: false });
  const Details = { direct: PersonDetails, customer: PersonDetails, group: GroupDetails, channel: ChannelDetails }[conversation.kind];
  // Beside the talk the panel stays; over it, it is in the way of what one went to.
  const onGone = isWide ? undefined : onClose;
  const inside = (
    <Tabs value={tab} onChange={(it) => onTab((it ?? "details") as DetailsTab)} keepMounted={false} classNames={{ list: classes.tabs, tab: classes.tab }}>
      <Tabs.List grow aria-label={t`会话详情`}>
        <Tabs.Tab value="details">{t`资料`}</Tabs.Tab>
        <Tabs.Tab value="image">{t`图片`}</Tabs.Tab>
        <Tabs.Tab value="file">{t`文件`}</Tabs.Tab>
        <Tabs.Tab value="link">{t`链接`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="details" pt={16}>
        <Details conversation={conversation} />
      </Tabs.Panel>
      {(["image", "file", "link"] as const).map((kind) => (
        <Tabs.Panel key={kind} value={kind}>
          <SharedPane conversationId={conversation.id} kind={kind} onGone={onGone} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
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
