import { useLingui } from "@lingui/react/macro";
import { Switch } from "@mantine/core";

import { Card } from "../../../../app/Card";
import { useLinkPreviews, useShowsCards } from "../../hooks/usePreviews";

/** What one wants to see of messages, on this device. */
export function MessagesCard() {
  const { t } = useLingui();
  const settings = useLinkPreviews();
  const [shows, choose] = useShowsCards();
  if (settings && !settings.is_possible) return null;
  return (
    <Card level={2} title={t`消息`} hint={t`只影响这台设备。`}>
      <Switch
        mt="md"
        label={t`显示链接卡片`}
        description={t`消息里的链接下面，显示网页的标题和图片；图片由公司的服务器取来`}
        labelPosition="left"
        styles={{ body: { justifyContent: "space-between" } }}
        checked={shows}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
    </Card>
  );
}
