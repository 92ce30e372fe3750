import { newClientId, reconnectDelay, type Message, type SendFailure, type Voice } from "@hutong/realtime";
import type { Recorded } from "@hutong/ui/voice";

import { failureOf, HttpFailure } from "./api";
import { pictureShelf } from "./pictureShelf";

export const LONGEST_EDGE = 2560;
const JPEG_QUALITY = 0.85;
/** Sent as it is up to here: a second encoding would only cost quality. */
const KEPT_BYTES = 3_000_000;
const KEPT_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];
/** On one bar of signal a photo takes minutes; after this it is not coming. */
const UPLOAD_MS = 300_000;
/** Beyond these the customer decides: every attempt costs the whole upload again. */
const ATTEMPTS = 3;

/** Or a recording, which goes the same way. */
export interface PendingPicture {
  client_id: string;
  created_at: string;
  /** Of this device, for the echo. */
  url: string;
  width: number;
  height: number;
  /** 0 to 1; null while it waits. */
  progress: number | null;
  failure: SendFailure | null;
  voice?: Voice;
}

/** The size it is sent in, never larger than it is. */
export function fittingSize(width: number, height: number, longest = LONGEST_EDGE): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function needsEncoding(file: { type: string; size: number }, width: number, height: number): boolean {
  if (!KEPT_TYPES.includes(file.type)) return true;
  // A moving picture would stand still.
  if (file.type === "image/gif") return false;
  return Math.max(width, height) > LONGEST_EDGE || file.size > KEPT_BYTES;
}

function decode(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = url;
  });
}

/** An <img> rather than createImageBitmap: it knows which way up the phone was on every browser. */
function encode(image: HTMLImageElement): Promise<Blob | null> {
  const { width, height } = fittingSize(image.naturalWidth, image.naturalHeight);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  // JPEG knows no transparency: without this it turns black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
}

interface Waiting {
  picture: PendingPicture;
  bytes: Promise<Blob>;
  name: string;
  attempts: number;
}

export interface PictureOptions {
  way: string;
  path: (clientId: string, name: string, voice: Voice | undefined) => string;
  /** false: a first message is under way, and two firsts would be two customers. */
  mayStart: () => boolean;
  onChange: (pictures: readonly PendingPicture[]) => void;
  onSent: (message: Message) => void;
}

/** Pictures on their way, one at a time, each under one client_id however often it is tried. */
export class PictureQueue {
  private waiting: Waiting[] = [];
  private request: XMLHttpRequest | null = null;
  private isBusy = false;

  constructor(private readonly options: PictureOptions) {}

  /** true: one was begun and it is not known how it ended. */
  get isInDoubt(): boolean {
    return this.waiting.some((entry) => entry.attempts > 0 && entry.picture.failure?.retry !== false);
  }

  async add(file: File): Promise<void> {
    const url = URL.createObjectURL(file);
    const image = await decode(url).catch(() => null);
    const { width, height } = image ? fittingSize(image.naturalWidth, image.naturalHeight) : { width: 0, height: 0 };
    const bytes =
      image && needsEncoding(file, image.naturalWidth, image.naturalHeight)
        ? encode(image).then((smaller) => smaller ?? file)
        : Promise.resolve(file);
    await this.begin({ url, width, height }, bytes, file.name || "picture.jpg");
  }

  async addVoice({ blob, durationMs, levels }: Recorded): Promise<void> {
    const voice = { duration_ms: durationMs, levels };
    await this.begin({ url: URL.createObjectURL(blob), width: 0, height: 0, voice }, Promise.resolve(blob), "voice");
  }

  private async begin(shown: Pick<PendingPicture, "url" | "width" | "height" | "voice">, bytes: Promise<Blob>, name: string): Promise<void> {
    const picture = { client_id: newClientId(), created_at: new Date().toISOString(), ...shown, progress: null, failure: null };
    const entry: Waiting = { picture, bytes, name, attempts: 0 };
    this.waiting.push(entry);
    this.tell();
    await this.shelve(entry, false);
    void this.work();
  }

  /** Those that a closed page left unsent. */
  async restore(): Promise<void> {
    const shelved = await pictureShelf.load(this.options.way);
    const restored = shelved.map(({ bytes, name, is_begun, client_id, created_at, width, height, voice }): Waiting => {
      const picture = { client_id, created_at, url: URL.createObjectURL(bytes), width, height, voice, progress: null, failure: null };
      return { picture, bytes: Promise.resolve(bytes), name, attempts: is_begun ? 1 : 0 };
    });
    if (!restored.length) return;
    this.waiting = [...restored, ...this.waiting];
    this.tell();
  }

  retry(clientId: string): void {
    const entry = this.waiting.find(({ picture }) => picture.client_id === clientId);
    if (!entry) return;
    entry.attempts = Math.min(entry.attempts, 1);
    this.change(entry, { failure: null });
    void this.work();
  }

  discard(clientId: string): void {
    const entry = this.waiting.find(({ picture }) => picture.client_id === clientId);
    if (!entry) return;
    if (entry.picture.progress !== null) this.request?.abort();
    this.drop(entry);
  }

  /** Go on with those that wait: the network is back, or the first message is through. */
  resume(): void {
    for (const entry of this.waiting) if (entry.picture.failure?.retry) this.change(entry, { failure: null });
    void this.work();
  }

  private tell(): void {
    this.options.onChange(this.waiting.map(({ picture }) => picture));
  }

  private drop(entry: Waiting): void {
    this.waiting = this.waiting.filter((other) => other !== entry);
    void pictureShelf.remove(entry.picture.client_id);
    this.tell();
  }

  private async shelve({ picture, bytes, name }: Waiting, is_begun: boolean): Promise<void> {
    const { client_id, created_at, width, height, voice } = picture;
    await pictureShelf.put({ client_id, way: this.options.way, created_at, name, width, height, voice, is_begun, bytes: await bytes });
  }

  private change(entry: Waiting, change: Partial<PendingPicture>): void {
    entry.picture = { ...entry.picture, ...change };
    this.tell();
  }

  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (;;) {
      const entry = this.waiting.find(({ picture }) => picture.failure === null);
      if (!entry || (entry.attempts === 0 && !this.options.mayStart())) break;
      await this.try(entry);
    }
    this.isBusy = false;
  }

  private async try(entry: Waiting): Promise<void> {
    const bytes = await entry.bytes;
    entry.attempts += 1;
    this.change(entry, { progress: 0 });
    if (entry.attempts === 1) await this.shelve(entry, true);
    try {
      const message = await this.upload(entry, bytes);
      this.options.onSent(message);
      this.drop(entry);
    } catch (error) {
      const { status, code, message } = error as HttpFailure;
      const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
      this.change(entry, { progress: null, failure: { code, message, retry: !isFinal } });
      if (!isFinal && entry.attempts < ATTEMPTS) setTimeout(() => this.resume(), 2_000 + reconnectDelay(entry.attempts));
    }
  }

  /** XMLHttpRequest, because fetch tells nothing of an upload's progress. */
  private upload(entry: Waiting, bytes: Blob): Promise<Message> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open("POST", this.options.path(entry.picture.client_id, entry.name, entry.picture.voice));
      request.timeout = UPLOAD_MS;
      request.setRequestHeader("Content-Type", bytes.type || "application/octet-stream");
      request.upload.onprogress = ({ loaded, total }) => this.change(entry, { progress: total ? loaded / total : 0 });
      request.onload = () => {
        if (request.status >= 300) return reject(failureOf(request.status, request.responseText));
        try {
          resolve(JSON.parse(request.responseText) as Message);
        } catch {
          reject(failureOf(502, ""));
        }
      };
      request.onerror = request.ontimeout = request.onabort = () => reject(new HttpFailure(0, "unreachable", ""));
      request.send(bytes);
    });
  }
}
