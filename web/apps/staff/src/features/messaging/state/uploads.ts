/** Files on their way to the server: one after the other, with progress, and each may be cancelled or tried again. */
import { newClientId } from "@hutong/realtime";
import type { Id, StoredFile, Voice } from "@hutong/realtime";

/** A file chosen but not sent yet. */
export interface Attachment {
  id: string;
  file: File;
  isImage: boolean;
  /** Its file is a recording of one's own. */
  voice?: Voice;
  /** An object URL of an image or a recording; lives as long as the page shows it. */
  preview: string | null;
  width: number | null;
  height: number | null;
}

export interface Upload extends Attachment {
  conversation_id: Id;
  topic_id?: Id;
  sent_bytes: number;
  status: "waiting" | "uploading" | "failed";
  /** The server's sentence, in the reader's language; null when it could not be reached. */
  reason: string | null;
}

export interface UploadCall {
  done: Promise<StoredFile>;
  cancel: () => void;
}

export type StartUpload = (file: File, onProgress: (sentBytes: number) => void) => UploadCall;

export class UploadQueue {
  private uploads: readonly Upload[] = [];
  private running: { id: string; call: UploadCall } | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly start: StartUpload,
    private readonly onStored: (upload: Upload, stored: StoredFile) => void,
  ) {}

  readonly getUploads = (): readonly Upload[] => this.uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  add(conversationId: Id, attachments: readonly Attachment[], about: { topic_id?: Id } = {}): void {
    const added = attachments.map((it): Upload => ({ ...it, ...about, conversation_id: conversationId, sent_bytes: 0, status: "waiting", reason: null }));
    this.set([...this.uploads, ...added]);
    this.next();
  }

  cancel(id: string): void {
    this.set(this.uploads.filter((it) => it.id !== id));
    if (this.running?.id === id) this.running.call.cancel();
  }

  retry(id: string): void {
    this.change(id, { status: "waiting", sent_bytes: 0, reason: null });
    this.next();
  }

  private next(): void {
    const upload = this.uploads.find((it) => it.status === "waiting");
    if (this.running || !upload) return;
    const { id } = upload;
    this.change(id, { status: "uploading" });
    const call = this.start(upload.file, (sentBytes) => this.change(id, { sent_bytes: sentBytes }));
    this.running = { id, call };
    call.done
      .then(
        (stored) => {
          if (!this.uploads.some((it) => it.id === id)) return;
          // First the message, then away with the upload: its place in the list is never empty in between.
          this.onStored(upload, stored);
          this.set(this.uploads.filter((it) => it.id !== id));
        },
        (error: unknown) => this.change(id, { status: "failed", reason: reasonOf(error) }),
      )
      .finally(() => {
        this.running = null;
        this.next();
      });
  }

  private change(id: string, change: Partial<Upload>): void {
    this.set(this.uploads.map((it) => (it.id === id ? { ...it, ...change } : it)));
  }

  private set(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of [...this.listeners]) listener();
  }
}

function reasonOf(error: unknown): string | null {
  const { status, message } = (error ?? {}) as { status?: number; message?: string };
  return status ? (message ?? null) : null;
}

/** What was just spoken; it can be heard before it is sent. */
export function voiceAttachment(blob: Blob, voice: Voice): Attachment {
  const file = new File([blob], `voice.${blob.type.split("/")[1] ?? "bin"}`, { type: blob.type });
  return { id: newClientId(), file, isImage: false, voice, preview: URL.createObjectURL(blob), width: null, height: null };
}

/** Measures a picture before it is sent, so that its place in the list has the right size from the first moment. */
export async function attachmentOf(file: File): Promise<Attachment> {
  const attachment: Attachment = { id: newClientId(), file, isImage: false, preview: null, width: null, height: null };
  if (!/^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(file.type)) return attachment;
  const preview = URL.createObjectURL(file);
  const image = new Image();
  image.src = preview;
  try {
    await image.decode();
  } catch {
    // Called a picture, but none: it goes as a file.
    URL.revokeObjectURL(preview);
    return attachment;
  }
  return { ...attachment, isImage: true, preview, width: image.naturalWidth, height: image.naturalHeight };
}
