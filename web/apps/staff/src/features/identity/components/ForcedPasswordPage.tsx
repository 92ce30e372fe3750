import type { Me } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { ME_KEY, sentenceOf } from "../../../app/client";
import { useMe, useSignOut } from "../../../app/session";
import { showToast } from "../../../app/toast";
import { DoorLayout } from "./DoorLayout";
import { PasswordChangeForm } from "./PasswordChangeForm";

/** The administrator set a password for this person: they choose their own before anything else. */
export function ForcedPasswordPage() {
  const { t } = useLingui();
  const me = useMe();
  const cache = useQueryClient();
  const signOut = useSignOut();
  const changed = () => {
    const changedMe: Me = { ...me, must_change_password: false };
    cache.setQueryData(ME_KEY, changedMe);
    showToast("done", t`密码已更改`);
  };
  return (
    <DoorLayout title={t`请换一个自己的密码`} subtitle={t`${me.name}，你现在用的密码是管理员代设的，换好就可以进入。`}>
      <PasswordChangeForm onChanged={changed} submitLabel={t`更改密码并进入`} />
      <Button
        variant="subtle"
        color="gray"
        mt="sm"
        px={0}
        onClick={() => void signOut(false).catch((error: unknown) => showToast("failed", sentenceOf(error)))}
      >
        {t`换一个账号登录`}
      </Button>
    </DoorLayout>
  );
}
