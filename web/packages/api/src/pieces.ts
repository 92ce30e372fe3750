/**
 * Large files in pieces (tus 1.0), for both apps: they go on where the line broke, and after a reload when the same file is
 * chosen again. Why not tus-js-client: docs/decisions/large-files.md.
 */
import { newClientId } from "@hutong/realtime";

import { ApiError, readError } from "./errors";

export interface PiecesOptions {
  /** Where uploads are begun. */
  endpoint: string;
  language: string;
  /** What to say when this device does not give the file out any more. */
  unreadable: string;
  onProgress: (sentBytes: number) => void;
  /** false: the server cannot be reached; it goes on by itself when it can. */
  onLine: (isThere: boolean) => void;
}

/** What the server syncs to its disk at once. Proxies in front of it must let bodies of this size pass. */
const PIECE_BYTES = 8 * 1024 * 1024;
/** On a line where nothing moves for so long, nothing will. */
const SILENT_MS = 30_000;
/** What is whole is read through once more before it is a file. */
const ENDING_MS = 300_000;
const LONGEST_WAIT_MS = 15_000;
/** Refusals that pass by themselves: another line still holds the upload, or it is not where we thought. */
const PASSING = [408, 409, 423];
const LIFE_MS = 86_400_000;
const SHELF = "hutong.uploads";
/** The code of the error when this device does not give the file out any more. */
const UNREADABLE = "file_unreadable";

interface Call {
  headers?: Record<string, string>;
  body?: Blob;
  silentMs?: number;
  onProgress?: (sentBytes: number) => void;
}

/** One file on its way. `done` gives what the server made of it, or fails with an ApiError. */
export class UploadInPieces<Stored> {
  readonly done: Promise<Stored>;
  private readonly fingerprint: string;
  /** Whoever did not hear that the server began it asks again with the same id, and is given the same upload. */
  private clientId: string;
  private url: string | null;
  private resolve!: (stored: Stored) => void;
  private reject!: (error: unknown) => void;
  /** Of the run that is under way; null while it rests, and at the end. */
  private run: AbortController | null = null;
  private isOver = false;
  /** In vain, since the server last had more than ever before. */
  private attempts = 0;
  private furthest = 0;

  constructor(
    private readonly file: File,
    private readonly options: PiecesOptions,
  ) {
    this.done = new Promise<Stored>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.fingerprint = [options.endpoint, file.name, file.size, file.lastModified].join("|");
    const begun = shelf()[this.fingerprint];
    this.clientId = begun?.clientId ?? newClientId();
    this.url = begun?.url ?? null;
    this.resume();
  }

  pause(): void {
    this.run?.abort();
    this.run = null;
  }

  resume(): void {
    if (this.run || this.isOver) return;
    this.run = new AbortController();
    void this.go(this.run.signal);
  }

  /** Given up; the server forgets what it has. */
  cancel(): void {
    if (this.isOver) return;
    const { url } = this;
    this.end();
    if (url) void this.call("DELETE", url, null).catch(() => undefined);
    this.reject(new ApiError(0, "cancelled", ""));
  }

  private async go(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        let offset = await this.begin(signal);
        this.reach(offset);
        while (offset < this.file.size) offset = await this.send(offset, signal);
        this.options.onLine(true);
        const answer = await this.call("POST", `${this.url}/file`, signal, { silentMs: ENDING_MS });
        const stored = JSON.parse(answer.responseText) as Stored;
        this.end();
        this.resolve(stored);
      } catch (error) {
        if (!signal.aborted) await this.settle(error as ApiError, signal);
      }
    }
  }

  /** How far the server has got; a new upload where it knows none. */
  private async begin(signal: AbortSignal): Promise<number> {
    if (this.url) return numberIn(await this.call("HEAD", this.url, signal), "Upload-Offset");
    const metadata = `filename ${base64(clippedName(this.file.name))},client_id ${base64(this.clientId)}`;
    const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata };
    this.shelve();
    const answer = await this.call("POST", this.options.endpoint, signal, { headers });
    this.url = answer.getResponseHeader("Location");
    this.shelve();
    return numberIn(answer, "Upload-Offset");
  }

  private shelve(): void {
    keep(this.fingerprint, { clientId: this.clientId, url: this.url, at: Date.now() });
  }

  private async send(offset: number, signal: AbortSignal): Promise<number> {
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const body = this.file.slice(offset, offset + PIECE_BYTES);
    await this.checkReadable(body);
    const answer = await this.call("PATCH", this.url!, signal, { headers, body, onProgress: (sent) => this.report(offset + sent) });
    const next = numberIn(answer, "Upload-Offset");
    this.options.onLine(true);
    this.reach(next);
    return next;
  }

  /** A file that was changed or removed looks like a broken line when it is sent. */
  private async checkReadable(piece: Blob): Promise<void> {
    try {
      await piece.slice(0, 1).arrayBuffer();
    } catch {
      throw new ApiError(0, UNREADABLE, this.options.unreadable);
    }
  }

  /** On their way, but not yet with the server. */
  private report(sentBytes: number): void {
    this.options.onLine(true);
    this.options.onProgress(sentBytes);
  }

  /** So much is with the server. Only more than ever is a reason to hurry again: it may answer and yet take nothing. */
  private reach(offset: number): void {
    if (offset > this.furthest) {
      this.furthest = offset;
      this.attempts = 0;
    }
    this.options.onProgress(offset);
  }

  /** Returns when it shall be tried again; ends it where that would not help. */
  private async settle(error: ApiError, signal: AbortSignal): Promise<void> {
    const { status, code } = error;
    if (code === UNREADABLE) return this.fail(error);
    // Gone on the server, as after a day: from the beginning.
    const isGone = status === 404 && this.url !== null;
    if (isGone) this.forget();
    else if (status > 0 && status < 500 && !PASSING.includes(status)) return this.fail(error);
    else if (code === "storage_full") return this.fail(error);
    if (!status || status >= 500) this.options.onLine(false);
    await moment(Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.attempts), signal);
    this.attempts += 1;
  }

  private fail(error: ApiError): void {
    // What the server has stays for a day: whoever tries again goes on there.
    this.run?.abort();
    this.run = null;
    this.isOver = true;
    this.reject(error);
  }

  private end(): void {
    this.run?.abort();
    this.run = null;
    this.isOver = true;
    this.forget();
  }

  private forget(): void {
    this.clientId = newClientId();
    this.url = null;
    keep(this.fingerprint, null);
  }

  /** XMLHttpRequest, because fetch tells nothing of an upload's progress. */
  private call(method: string, url: string, signal: AbortSignal | null, { headers, body, silentMs = SILENT_MS, onProgress }: Call = {}): Promise<XMLHttpRequest> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const abort = () => request.abort();
      const unreachable = () => reject(new ApiError(0, "offline", ""));
      let timer: ReturnType<typeof setTimeout>;
      const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(abort, silentMs);
      };
      request.open(method, url);
      for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", "Accept-Language": this.options.language, ...headers })) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => {
        watch();
        onProgress?.(loaded);
      };
      request.onload = () => (request.status >= 200 && request.status < 300 ? resolve(request) : reject(errorOf(request)));
      request.onerror = request.onabort = unreachable;
      request.onloadend = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
      // Stopped between two requests: this one is not wanted any more.
      if (signal?.aborted) return unreachable();
      signal?.addEventListener("abort", abort);
      watch();
      request.send(body);
    });
  }
}

function errorOf(request: XMLHttpRequest): ApiError {
  let said: unknown = null;
  try {
    said = JSON.parse(request.responseText);
  } catch {
    // The answer to HEAD has no body; or it is a proxy's page.
  }
  return readError(request.status, said, "");
}

/** Throws ApiError where the answer is not our server's. */
function numberIn(answer: XMLHttpRequest, name: string): number {
  const said = answer.getResponseHeader(name);
  if (said === null || !/^\d+$/.test(said)) throw new ApiError(502, "unreadable_answer", "");
  return Number(said);
}

/** So long, or until the network is back, or until it is no longer wanted. */
function moment(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

/** A name may be longer than a header; its ending says what it is. */
function clippedName(name: string): string {
  const letters = Array.from(name);
  return letters.length <= 200 ? name : [...letters.slice(0, 180), ...letters.slice(-20)].join("");
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

interface Begun {
  clientId: string;
  /** null: it was asked for, and the answer has not come. */
  url: string | null;
  at: number;
}

/** What was begun in this browser and not ended. A private window keeps nothing, and then each file begins anew. */
function shelf(): Record<string, Begun> {
  try {
    const all = JSON.parse(localStorage.getItem(SHELF) ?? "{}") as Record<string, Begun>;
    return Object.fromEntries(Object.entries(all).filter(([, { at }]) => Date.now() - at < LIFE_MS));
  } catch {
    return {};
  }
}

function keep(fingerprint: string, begun: Begun | null): void {
  const all = shelf();
  if (begun) all[fingerprint] = begun;
  else delete all[fingerprint];
  try {
    localStorage.setItem(SHELF, JSON.stringify(all));
  } catch {
    // Full, or forbidden.
  }
}
