import { newClientId, type SendFailure, type StoredFile } from "@hutong/realtime";

import type { HttpFailure } from "./api";
import { language, t } from "./texts";

/** A video or a file on its way, in pieces; a picture goes another way. */
export interface PendingFile {
  client_id: string;
  created_at: string;
  name: string;
  size: number;
  sent: number;
  /** away: the server cannot be reached; it goes on by itself. */
  state: "waiting" | "going" | "away" | "paused";
  failure: SendFailure | null;
}

export interface FileOptions {
  endpoint: string;
  /** false: nobody knows the customer before their first words, and a stranger's file is not taken. */
  mayStart: () => boolean;
  onChange: (files: readonly PendingFile[]) => void;
  onStored: (clientId: string, stored: StoredFile) => void;
}

interface Going {
  pause: () => void;
  resume: () => void;
  cancel: () => void;
}

/** One after the other. The bytes stay where the phone has them: after a reload the same file, chosen again, goes on. */
export class FileQueue {
  private pending: readonly PendingFile[] = [];
  private readonly sources = new Map<string, File>();
  private readonly going = new Map<string, Promise<Going>>();
  private runningId: string | null = null;

  constructor(private readonly options: FileOptions) {}

  add(files: Iterable<File>): void {
    const added = [...files].map((file): PendingFile => {
      const client_id = newClientId();
      this.sources.set(client_id, file);
      return { client_id, created_at: new Date().toISOString(), name: file.name, size: file.size, sent: 0, state: "waiting", failure: null };
    });
    this.set([...this.pending, ...added]);
    this.resume();
  }

  /** The one that waits longest goes, if one may. */
  resume(): void {
    const file = this.pending.find(({ state, failure }) => state === "waiting" && !failure);
    if (this.runningId || !file || !this.options.mayStart()) return;
    this.runningId = file.client_id;
    this.change(file.client_id, { state: "going" });
    const known = this.going.get(file.client_id);
    if (known) void known.then((upload) => upload.resume());
    else void this.send(file.client_id, this.sources.get(file.client_id)!);
  }

  pause(clientId: string): void {
    void this.going.get(clientId)?.then((upload) => upload.pause());
    this.change(clientId, { state: "paused" });
    this.release(clientId);
  }

  /** Tried again, or gone on with. */
  retry(clientId: string): void {
    this.change(clientId, { state: "waiting", failure: null });
    this.resume();
  }

  discard(clientId: string): void {
    void this.going.get(clientId)?.then((upload) => upload.cancel());
    this.drop(clientId);
    this.release(clientId);
  }

  private async send(clientId: string, source: File): Promise<void> {
    const isRunning = () => this.runningId === clientId;
    const begun = import("@hutong/api/pieces").then(
      ({ UploadInPieces }) =>
        new UploadInPieces<StoredFile>(source, {
          endpoint: this.options.endpoint,
          language,
          unreadable: t("fileChanged"),
          onProgress: (sent) => isRunning() && this.change(clientId, { sent }),
          onLine: (isThere) => isRunning() && this.change(clientId, { state: isThere ? "going" : "away" }),
        }),
    );
    this.going.set(clientId, begun);
    try {
      const stored = await (await begun).done;
      this.options.onStored(clientId, stored);
      this.drop(clientId);
    } catch (error) {
      // Without a network not even the script that sends files may come.
      const { code = "unreachable", message = "" } = error as Partial<HttpFailure>;
      this.change(clientId, { state: "waiting", failure: { code, message, retry: false } });
    }
    this.going.delete(clientId);
    this.release(clientId);
  }

  private release(clientId: string): void {
    if (this.runningId === clientId) this.runningId = null;
    this.resume();
  }

  private drop(clientId: string): void {
    this.sources.delete(clientId);
    this.set(this.pending.filter((file) => file.client_id !== clientId));
  }

  private change(clientId: string, change: Partial<PendingFile>): void {
    this.set(this.pending.map((file) => (file.client_id === clientId ? { ...file, ...change } : file)));
  }

  private set(pending: readonly PendingFile[]): void {
    this.pending = pending;
    this.options.onChange(pending);
  }
}
