import { useLingui } from "@lingui/react/macro";
import { IconAlertCircle, IconCircleCheck, IconX } from "@tabler/icons-react";

import { dismissToast, useToasts } from "./toast";
import classes from "./Toasts.module.css";

export function Toasts() {
  const { t } = useLingui();
  const toasts = useToasts();
  return (
    <div className={classes.place} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={classes.toast} data-kind={toast.kind}>
          {toast.kind === "done" ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertCircle size={18} aria-hidden />}
          <span>{toast.text}</span>
          <button type="button" className={classes.close} aria-label={t`关闭`} onClick={() => dismissToast(toast.id)}>
            <IconX size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
