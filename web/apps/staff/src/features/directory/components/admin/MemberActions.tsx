import type { InvitationLink, MemberCard } from "@hutong/api";
import { fullTime } from "@hutong/i18n";
import { SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, PasswordInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconKey, IconLink } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { sentenceOf } from "../../../../app/client";
import { useLanguage } from "../../../../app/language";
import { showToast } from "../../../../app/toast";
import { MIN_PASSWORD_LENGTH } from "../../../identity/components/NewPasswordFields";
import { Problem } from "../../../identity/components/Problem";
import { memberQuery } from "../../api/directory";
import { inviteMember, resetPassword } from "../../api/roster";
import { MemberLine } from "../MemberLine";
import classes from "./Admin.module.css";

/** What an administrator may do for one member: an invitation link, or a password to be changed at the next sign-in. */
export function MemberActions({ memberId, close }: { memberId: string; close: () => void }) {
  const { t } = useLingui();
  const member = useQuery(memberQuery(memberId));
  return (
    <Modal opened onClose={close} title={t`成员`} size="lg" closeButtonProps={{ "aria-label": t`关闭` }}>
      {member.data ? <MemberLine member={member.data} /> : <SkeletonRows count={1} height={40} face={36} />}
      <Problem>{member.error ? sentenceOf(member.error) : null}</Problem>
      {member.data?.is_active ? <Actions member={member.data} close={close} /> : null}
    </Modal>
  );
}

function Actions({ member, close }: { member: MemberCard; close: () => void }) {
  const { t } = useLingui();
  const [isResetting, setResetting] = useState(false);
  const invite = useMutation({ mutationFn: () => inviteMember(member.id) });
  if (invite.data) return <Invited link={invite.data} />;
  if (isResetting) return <ResetForm memberId={member.id} back={() => setResetting(false)} close={close} />;
  return (
    <>
      <p className={classes.hint}>{t`邀请链接只能用一次，对方打开后自己设密码。重置密码会让对方在所有设备上退出，下次登录时必须换掉。`}</p>
      <Problem>{invite.error ? sentenceOf(invite.error) : null}</Problem>
      <Group mt="md">
        <Button leftSection={<IconLink size={17} aria-hidden />} loading={invite.isPending} onClick={() => invite.mutate()}>{t`生成邀请链接`}</Button>
        <Button variant="default" leftSection={<IconKey size={17} aria-hidden />} onClick={() => setResetting(true)}>{t`重置密码`}</Button>
      </Group>
    </>
  );
}

function Invited({ link }: { link: InvitationLink }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const clipboard = useClipboard({ timeout: 2500 });
  const until = fullTime(link.expires_at, language);
  return (
    <>
      <output className={classes.link}>{link.url}</output>
      <p className={classes.hint}>{t`${until} 前有效，只能用一次。请只发给本人；之前生成的链接已作废。`}</p>
      <Group mt="md">
        <Button leftSection={clipboard.copied ? <IconCheck size={17} aria-hidden /> : <IconCopy size={17} aria-hidden />} onClick={() => clipboard.copy(link.url)}>
          {clipboard.copied ? t`已复制` : t`复制链接`}
        </Button>
      </Group>
      <Problem>{clipboard.error ? t`浏览器不让复制，请选中上面的链接自行复制。` : null}</Problem>
    </>
  );
}

function ResetForm({ memberId, back, close }: { memberId: string; back: () => void; close: () => void }) {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () => resetPassword(memberId, password),
    onSuccess: () => {
      showToast("done", t`密码已重置，请当面或电话告诉对方`);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reset.isPending) reset.mutate();
  };
  return (
    <form onSubmit={submit}>
      <PasswordInput
        mt="md"
        label={t`临时密码`}
        description={t`至少 ${MIN_PASSWORD_LENGTH} 位；对方下次登录时必须换掉`}
        autoComplete="new-password"
        data-autofocus
        value={password}
        error={reset.error ? sentenceOf(reset.error) : undefined}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t`显示或隐藏密码` }}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={back}>{t`返回`}</Button>
        <Button type="submit" loading={reset.isPending} disabled={Array.from(password).length < MIN_PASSWORD_LENGTH}>{t`重置密码`}</Button>
      </Group>
    </form>
  );
}
