/** The notifications of the system that this page shows: one a conversation, the newest in place of the one before. */
import type { Id } from "@hutong/realtime";

export interface Notice {
  conversationId: Id;
  seq: number;
  title: string;
  text: string;
}

const ICON = `${import.meta.env.BASE_URL}icon-192.png`;

/** "unsupported" also over plain http, where browsers offer none. */
export type Permission = NotificationPermission | "unsupported";

export function permission(): Permission {
  return typeof Notification === "undefined" || !isSecureContext ? "unsupported" : Notification.permission;
}

export class Notices {
  private readonly shown = new Map<Id, { notice: Notice; notification: Notification }>();

  constructor(private readonly onClick: (notice: Notice) => void) {}

  show(notice: Notice): void {
    if (permission() !== "granted") return;
    const { conversationId, title, text } = notice;
    let notification: Notification;
    try {
      // The sound is ours: one, and switchable.
      notification = new Notification(title, { body: text, tag: conversationId, icon: ICON, silent: true });
    } catch {
      return; // Chrome on Android knows the class and refuses to make one.
    }
    this.shown.set(conversationId, { notice, notification });
    notification.onclick = () => {
      notification.close();
      window.focus();
      this.onClick(notice);
    };
    notification.onclose = () => {
      if (this.shown.get(conversationId)?.notification === notification) this.shown.delete(conversationId);
    };
  }

  /** Those go whose message needs nobody any more. */
  closeWhere(isDone: (notice: Notice) => boolean): void {
    for (const [id, { notice, notification }] of this.shown) {
      if (!isDone(notice)) continue;
      this.shown.delete(id);
      notification.close();
    }
  }
}
