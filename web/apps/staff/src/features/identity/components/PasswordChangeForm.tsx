import { ApiError } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useMe } from "../../../app/session";
import { changePassword } from "../api/session";
import classes from "./Door.module.css";
import { isElsewhere, isUsable, NewPasswordFields, NO_PASSWORD } from "./NewPasswordFields";
import { Problem } from "./Problem";

/** The current password and a new one. Other devices are signed out by the server. */
export function PasswordChangeForm({ onChanged, submitLabel }: { onChanged: () => void; submitLabel: string }) {
  const { t } = useLingui();
  const me = useMe();
  const [current, setCurrent] = useState("");
  const [value, setValue] = useState(NO_PASSWORD);
  const change = useMutation({
    mutationFn: () => changePassword({ current, new: value.password }),
    onSuccess: () => {
      setCurrent("");
      setValue(NO_PASSWORD);
      onChanged();
    },
  });
  const isWrong = change.error instanceof ApiError && change.error.code === "wrong_password";
  const isReady = current !== "" && isUsable(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !change.isPending) change.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <input type="text" name="username" autoComplete="username" value={me.account} readOnly hidden />
      <PasswordInput
        label={t`当前密码`}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        error={isWrong ? sentenceOf(change.error) : undefined}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t`显示或隐藏密码` }}
      />
      <NewPasswordFields value={value} onChange={setValue} error={change.error} />
      <Problem>{isElsewhere(change.error) && !isWrong ? sentenceOf(change.error) : null}</Problem>
      <Button type="submit" loading={change.isPending} disabled={!isReady} style={{ alignSelf: "flex-start" }}>
        {submitLabel}
      </Button>
    </form>
  );
}
