import { ApiError } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { PasswordInput } from "@mantine/core";

export const MIN_PASSWORD_LENGTH = 8;

export interface NewPassword {
  password: string;
  repeated: string;
}

export const NO_PASSWORD: NewPassword = { password: "", repeated: "" };

/** Both are there, long enough and the same; the server judges the rest (too common, the account itself). */
export function isUsable(value: NewPassword): boolean {
  return Array.from(value.password).length >= MIN_PASSWORD_LENGTH && value.password === value.repeated;
}

/** A new password, twice. The server's refusal of it stands at the field it concerns. */
export function NewPasswordFields({ value, onChange, error }: { value: NewPassword; onChange: (value: NewPassword) => void; error: unknown }) {
  const { t } = useLingui();
  const refused = error instanceof ApiError && error.code === "weak_password" ? error.message : undefined;
  const isDifferent = value.repeated !== "" && !value.password.startsWith(value.repeated) && value.repeated !== value.password;
  const toggle = { "aria-label": t`显示或隐藏密码` };
  return (
    <>
      <PasswordInput
        label={t`新密码`}
        description={t`至少 ${MIN_PASSWORD_LENGTH} 位，不要和账号相同，也不要太常见`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={MIN_PASSWORD_LENGTH}
        value={value.password}
        error={refused}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordInput
        label={t`再输入一次`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.repeated}
        error={isDifferent ? t`两次输入的密码不一样` : undefined}
        onChange={(event) => onChange({ ...value, repeated: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
    </>
  );
}

/** A refusal that belongs to no field of the new password. */
export function isElsewhere(error: unknown): boolean {
  return Boolean(error) && !(error instanceof ApiError && error.code === "weak_password");
}
