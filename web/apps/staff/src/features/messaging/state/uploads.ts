/** Files on their way to the server: one after the other, with progress, and each may be stopped, cancelled or tried again. */
import { newClientId } from "@hutong/realtime";
import type { Id, StoredFile, Voice } from "@hutong/realtime";
import { Pace } from "./pace";

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
  /** away: the server cannot be reached; it goes on by itself. */
  status: "waiting" | "uploading" | "away" | "paused" | "failed";
  /** It comes in pieces: it can be stopped, and goes on where it was. */
  canPause: boolean;
  /** Bytes a second; null while that is not known. */
  rate: number | null;
  /** The server's sentence, in the reader's language; null when it could not be reached. */
  reason: string | null;
}

export interface UploadReport {
  onProgress: (sentBytes: number) => void;
  onLine: (isThere: boolean) => void;
}

export interface UploadCall {
  done: Promise<StoredFile>;
  cancel: () => void;
  pause?: () => void;
  resume?: () => void;
}

export type StartUpload = (file: File, report: UploadReport) => UploadCall;

export class UploadQueue {
  private uploads: readonly Upload[] = [];
  private runningId: string | null = null;
  /** Of what was begun and has not ended. */
  private readonly calls = new Map<string, UploadCall>();
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
    const fresh = { ...about, conversation_id: conversationId, sent_bytes: 0, status: "waiting", canPause: false, rate: null, reason: null } as const;
    this.set([...this.uploads, ...attachments.map((it): Upload => ({ ...it, ...fresh }))]);
    this.next();
  }

  cancel(id: string): void {
    this.set(this.uploads.filter((it) => it.id !== id));
    this.calls.get(id)?.cancel();
    this.release(id);
  }

  /** The next one goes; this one waits until it is wanted. */
  pause(id: string): void {
    this.calls.get(id)?.pause?.();
    this.change(id, { status: "paused", rate: null });
    this.release(id);
  }

  /** Behind those that wait already, as if it were chosen now. */
  resume(id: string): void {
    const upload = this.uploads.find((it) => it.id === id);
    if (!upload) return;
    this.set([...this.uploads.filter((it) => it.id !== id), { ...upload, status: "waiting", reason: null }]);
    this.next();
  }

  retry(id: string): void {
    this.change(id, { status: "waiting", sent_bytes: 0, reason: null });
    this.next();
  }

  private next(): void {
    const upload = this.uploads.find((it) => it.status === "waiting");
    if (this.runningId !== null || !upload) return;
    const { id } = upload;
    this.runningId = id;
    this.change(id, { status: "uploading" });
    const begun = this.calls.get(id);
    if (begun) begun.resume?.();
    else this.begin(id, upload.file);
  }

  private begin(id: string, file: File): void {
    const pace = new Pace();
    const call = this.start(file, {
      onProgress: (sentBytes) => {
        if (this.runningId === id) this.change(id, { sent_bytes: sentBytes, rate: pace.tell(sentBytes) });
      },
      onLine: (isThere) => {
        const known = this.uploads.find((it) => it.id === id);
        if (this.runningId !== id || known?.status === (isThere ? "uploading" : "away")) return;
        pace.rest();
        this.change(id, { status: isThere ? "uploading" : "away", rate: null });
      },
    });
    this.calls.set(id, call);
    this.change(id, { canPause: call.pause !== undefined });
    call.done
      .then(
        (stored) => {
          const upload = this.uploads.find((it) => it.id === id);
          if (!upload) return;
          // First the message, then away with the upload: its place in the list is never empty in between.
          this.onStored(upload, stored);
          this.set(this.uploads.filter((it) => it.id !== id));
        },
        (error: unknown) => this.change(id, { status: "failed", reason: reasonOf(error) }),
      )
      .finally(() => {
        this.calls.delete(id);
        this.release(id);
      });
  }

  private release(id: string): void {
    if (this.runningId === id) this.runningId = null;
    this.next();
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
  const { status, code, message } = (error ?? {}) as { status?: number; code?: string; message?: string };
  return status || code === "file_unreadable" ? (message ?? null) : null;
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
