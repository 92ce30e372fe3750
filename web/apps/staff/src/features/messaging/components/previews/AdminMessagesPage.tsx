import { useLingui } from "@lingui/react/macro";
import { Switch } from "@mantine/core";

import { Card } from "../../../../app/Card";
import { sentenceOf } from "../../../../app/client";
import { PaneBody, PaneHeader } from "../../../../app/Panes";
import { showToast } from "../../../../app/toast";
import { useLinkPreviews, useSwitchPreviews } from "../../hooks/usePreviews";

/** What holds for the messages of all of the company. */
export function AdminMessagesPage() {
  const { t } = useLingui();
  const settings = useLinkPreviews();
  const switchTo = useSwitchPreviews();
  const choose = (isOn: boolean) =>
    void switchTo(isOn).then(
      () => showToast("done", isOn ? t`链接卡片已开启` : t`链接卡片已关闭`),
      (error: unknown) => showToast("failed", sentenceOf(error)),
    );
  return (
    <>
      <PaneHeader title={t`消息设置`} back="/admin" />
      <PaneBody width={680}>
        <Card>
          <Switch
            label={t`链接卡片`}
            description={
              settings?.is_possible === false
                ? t`这台服务器的设置不允许访问外部网页（HUTONG_LINK_PREVIEWS）。`
                : t`同事发出 https 链接后，服务器访问一次那个网页，在消息下面显示标题、简介和图片。网站会知道有人发了这个链接。客户发来的链接从不访问。关闭后新消息不再显示，已有的卡片保留。`
            }
            labelPosition="left"
            styles={{ body: { justifyContent: "space-between" } }}
            disabled={!settings?.is_possible}
            checked={(settings?.is_on && settings.is_possible) ?? false}
            onChange={(event) => choose(event.currentTarget.checked)}
          />
        </Card>
      </PaneBody>
    </>
  );
}
