import type { Contact } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, TextInput } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { useMessenger } from "../../messaging";
import { CONTACTS_KEY } from "../api/contacts";
import classes from "./Customers.module.css";

/** What I call this customer; empty goes back to the name they gave themselves. */
export function RemarkForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const cache = useQueryClient();
  const [remark, setRemark] = useState(contact.remark ?? "");
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    try {
      await messenger.saveRemark(contact.id, remark.trim());
      await cache.invalidateQueries({ queryKey: CONTACTS_KEY });
      onDone();
    } catch (error) {
      showToast("failed", sentenceOf(error));
      setIsBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    // Enter that ends a word of an input method must not save it.
    if (event.key === "Enter" && (event.nativeEvent.isComposing || event.keyCode === 229)) event.preventDefault();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)}>
      <TextInput
        ref={field}
        aria-label={t`备注名`}
        placeholder={contact.name}
        value={remark}
        maxLength={60}
        onChange={(event) => setRemark(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon type="submit" variant="filled" size={44} aria-label={t`保存备注`} loading={isBusy}>
        <IconCheck size={20} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={44} aria-label={t`取消修改备注`} onClick={onDone}>
        <IconX size={20} aria-hidden />
      </ActionIcon>
    </form>
  );
}
