import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCloudOff, IconMoodEmpty } from "@tabler/icons-react";
import { Link, type ErrorComponentProps } from "@tanstack/react-router";

import { sentenceOf } from "./client";

/** A page that could not be shown: says why, and offers another try. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui();
  return (
    <div role="alert" style={{ flex: 1, height: "100%" }}>
      <EmptyState
        icon={<IconCloudOff size={28} />}
        title={t`这一页没能打开`}
        hint={sentenceOf(error)}
        action={<Button onClick={reset}>{t`再试一次`}</Button>}
      />
    </div>
  );
}

export function PageNotFound() {
  const { t } = useLingui();
  return (
    <div style={{ flex: 1, height: "100%" }}>
      <EmptyState
        icon={<IconMoodEmpty size={28} />}
        title={t`没有这一页`}
        hint={t`链接可能写错了，或内容已不存在。`}
        action={<Button component={Link} to="/chats">{t`回到消息`}</Button>}
      />
    </div>
  );
}
