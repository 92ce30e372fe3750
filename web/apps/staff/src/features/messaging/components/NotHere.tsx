import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMessageOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

/** In the place of what is not there, or not for this person. */
export function NotHere({ title, hint }: { title: string; hint: string }) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconMessageOff size={26} stroke={1.6} />}
      title={title}
      hint={hint}
      action={
        <Button component={Link} to="/chats" variant="light">
          {t`回到消息列表`}
        </Button>
      }
    />
  );
}
