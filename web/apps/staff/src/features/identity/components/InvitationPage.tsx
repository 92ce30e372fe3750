import { ApiError } from "@hutong/api";
import { Bone, EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useSignedIn } from "../../../app/session";
import { acceptInvitation, invitationQuery } from "../api/session";
import classes from "./Door.module.css";
import { DoorLayout } from "./DoorLayout";
import { isElsewhere, isUsable, NewPasswordFields, NO_PASSWORD } from "./NewPasswordFields";
import { Problem } from "./Problem";

/** The link an administrator gave: choose a password and be inside. */
export function InvitationPage({ token }: { token: string }) {
  const { t } = useLingui();
  const invitation = useQuery(invitationQuery(token));
  if (invitation.error) {
    const isGone = invitation.error instanceof ApiError && invitation.error.status === 404;
    return (
      <DoorLayout title={t`邀请链接`}>
        <EmptyState
          icon={<IconMailOff size={28} />}
          title={sentenceOf(invitation.error)}
          hint={isGone ? t`每条邀请链接只能用一次，过期后也会失效。请向管理员再要一条；若已设过密码，直接登录即可。` : undefined}
          action={
            isGone ? (
              <Button variant="default" component={Link} to="/chats">{t`去登录`}</Button>
            ) : (
              <Button variant="default" onClick={() => void invitation.refetch()}>{t`再试一次`}</Button>
            )
          }
        />
      </DoorLayout>
    );
  }
  const invited = invitation.data;
  const loading = <Bone width={200} height={24} style={{ marginTop: 4 }} />;
  return (
    <DoorLayout
      title={invited ? t`${invited.name}，欢迎加入${invited.company.name}` : loading}
      subtitle={invited ? t`你的账号是 ${invited.account}，设一个密码就可以开始。` : <Bone width="70%" height={14} />}
    >
      <InvitationForm token={token} account={invited?.account ?? ""} />
    </DoorLayout>
  );
}

function InvitationForm({ token, account }: { token: string; account: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const [value, setValue] = useState(NO_PASSWORD);
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token, value.password),
    onSuccess: async () => {
      await signedIn();
      await navigate({ to: "/chats", replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUsable(value) && !accept.isPending) accept.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {/* Password managers keep the password under this name. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <NewPasswordFields value={value} onChange={setValue} error={accept.error} />
      <Problem>{isElsewhere(accept.error) ? sentenceOf(accept.error) : null}</Problem>
      <Button type="submit" size="md" loading={accept.isPending} disabled={!isUsable(value)}>
        {t`设好密码并进入`}
      </Button>
    </form>
  );
}
