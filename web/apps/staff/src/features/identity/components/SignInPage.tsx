import { ApiError } from "@hutong/api";
import { Bone, EmptyState } from "@hutong/ui";
import { t as say } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconBuildingOff } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useSignedIn } from "../../../app/session";
import { companyQuery, signIn } from "../api/session";
import { useCountdown } from "../hooks/useCountdown";
import classes from "./Door.module.css";
import { DoorLayout } from "./DoorLayout";
import { Problem } from "./Problem";

/** Signing in to the company of this address, or to the one that /at/SLUG names. */
export function SignInPage({ slug }: { slug: string | null }) {
  const { t } = useLingui();
  const company = useQuery(companyQuery(slug));
  if (company.error) return <NoCompany error={company.error} retry={() => void company.refetch()} />;
  return (
    <DoorLayout title={company.data?.name ?? <Bone width={160} height={24} style={{ marginTop: 4 }} />} subtitle={t`登录互通，和同事、客户说上话`}>
      <SignInForm company={company.data?.slug ?? slug} />
    </DoorLayout>
  );
}

function NoCompany({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useLingui();
  return (
    <DoorLayout title={t`互通`}>
      <EmptyState
        icon={<IconBuildingOff size={28} />}
        title={sentenceOf(error)}
        action={<Button variant="default" onClick={retry}>{t`再试一次`}</Button>}
      />
    </DoorLayout>
  );
}

function waitSentence(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes > 0) return say`尝试次数过多。请在 ${minutes} 分 ${rest} 秒后再试。`;
  return say`尝试次数过多。请在 ${seconds} 秒后再试。`;
}

function SignInForm({ company }: { company: string | null }) {
  const { t } = useLingui();
  const router = useRouter();
  const isAtPage = useRouterState({ select: (state) => state.location.pathname.startsWith("/at/") });
  const signedIn = useSignedIn();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const passwordField = useRef<HTMLInputElement>(null);
  const [wait, startWaiting] = useCountdown();

  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      await signedIn();
      if (isAtPage) await router.navigate({ to: "/chats", replace: true });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 429) {
        startWaiting(error.retryAfterSeconds ?? 60);
      }
      if (error instanceof ApiError && error.code === "wrong_credentials") {
        setPassword("");
        passwordField.current?.focus();
      }
    },
  });

  const isTooMany = attempt.error instanceof ApiError && attempt.error.status === 429;
  const problem = isTooMany ? (wait > 0 ? waitSentence(wait) : null) : attempt.error ? sentenceOf(attempt.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wait > 0 || attempt.isPending) return;
    attempt.mutate({ company, login: login.trim(), password });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t`账号或手机号`}
        size="md"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <PasswordInput
        ref={passwordField}
        label={t`密码`}
        size="md"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t`显示或隐藏密码` }}
      />
      <Problem>{problem}</Problem>
      <Button type="submit" size="md" loading={attempt.isPending} disabled={wait > 0}>
        {t`登录`}
      </Button>
      <p className={classes.note}>{t`第一次来，或忘了密码？请向公司管理员要一条邀请链接。`}</p>
    </form>
  );
}
