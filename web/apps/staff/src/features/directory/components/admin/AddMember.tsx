import { ApiError, type NewMember } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { sentenceOf } from "../../../../app/client";
import { showToast } from "../../../../app/toast";
import { Problem } from "../../../identity/components/Problem";
import { addMember } from "../../api/roster";
import classes from "./Admin.module.css";

const EMPTY = { name: "", account: "", department: "", phone: "", title: "" };
type Form = typeof EMPTY;

/** The refusals that belong to one field, so that they stand there. */
function fieldErrors(error: unknown): Partial<Record<keyof Form, string>> {
  if (!(error instanceof ApiError)) return {};
  if (error.code === "account_taken") return { account: error.message };
  if (error.code === "phone_taken") return { phone: error.message };
  return error.fields;
}

export function AddMember({ isOpen, close, onAdded }: { isOpen: boolean; close: () => void; onAdded: (id: string) => void }) {
  const { t } = useLingui();
  return (
    <Modal opened={isOpen} onClose={close} title={t`添加成员`} closeButtonProps={{ "aria-label": t`关闭` }}>
      <AddMemberForm close={close} onAdded={onAdded} />
    </Modal>
  );
}

function AddMemberForm({ close, onAdded }: { close: () => void; onAdded: (id: string) => void }) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [form, setForm] = useState<Form>(EMPTY);
  const add = useMutation({
    mutationFn: (member: NewMember) => addMember(member),
    onSuccess: (member) => {
      showToast("done", t`已添加 ${member.name}`);
      void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === "departments" || query.queryKey[0] === "members" });
      onAdded(member.id);
    },
  });
  const errors = fieldErrors(add.error);
  const field = (name: keyof Form) => ({
    value: form[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate({
      name: form.name.trim(),
      account: form.account.trim(),
      department: form.department.trim(),
      phone: form.phone.trim() || null,
      title: form.title.trim() || null,
    });
  };
  const hasFieldError = Object.keys(errors).length > 0;
  return (
    <form className={classes.fields} onSubmit={submit}>
      <TextInput label={t`姓名`} required data-autofocus {...field("name")} />
      <TextInput label={t`账号`} required autoCapitalize="none" spellCheck={false} description={t`登录用，公司内不能重复`} {...field("account")} />
      <TextInput label={t`部门`} required placeholder={t`销售/华东/上海一店`} description={t`写成 a/b/c 的路径；没有的部门会新建`} {...field("department")} />
      <TextInput label={t`手机号`} type="tel" {...field("phone")} />
      <TextInput label={t`职务`} {...field("title")} />
      <Problem>{add.error && !hasFieldError ? sentenceOf(add.error) : null}</Problem>
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t`取消`}</Button>
        <Button type="submit" loading={add.isPending} disabled={!form.name.trim() || !form.account.trim() || !form.department.trim()}>{t`添加`}</Button>
      </Group>
    </form>
  );
}
