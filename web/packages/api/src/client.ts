import { ApiError, readError } from "./errors";

export interface ClientOptions {
  /** The reader's language, asked at every request because it may change while the page is open. */
  language: () => string;
  /** What to say when the server cannot be reached or answers with something that is not ours. */
  sentence: (kind: "offline" | "unreadable") => string;
  /** Told once for every 401 not_signed_in, so that the app can go to its sign-in page. */
  onSignedOut?: () => void;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface RequestOptions {
  query?: Query;
  json?: unknown;
  /** Raw bytes as the whole body (uploads, roster files). */
  body?: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
  /** Lets the request outlive the page, for what is said while leaving it. */
  keepalive?: boolean;
}

export interface UploadOptions {
  query?: Query;
  signal?: AbortSignal;
  /** Between 0 and 1, of the bytes sent. */
  onProgress?: (share: number) => void;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** The one way to the server: same origin, cookies, the reader's language, errors as ApiError. */
export class ApiClient {
  constructor(private readonly options: ClientOptions) {}

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.request<T>("GET", path, { query, signal });
  }

  post<T>(path: string, json?: unknown, options: RequestOptions = {}): Promise<T> {
    return this.request<T>("POST", path, { ...options, json });
  }

  put<T = void>(path: string, json?: unknown, options: RequestOptions = {}): Promise<T> {
    return this.request<T>("PUT", path, { ...options, json });
  }

  patch<T>(path: string, json: unknown): Promise<T> {
    return this.request<T>("PATCH", path, { json });
  }

  delete<T = void>(path: string): Promise<T> {
    return this.request<T>("DELETE", path);
  }

  async request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": this.options.language() };
    let body: BodyInit | undefined = options.body;
    if (options.body !== undefined) headers["Content-Type"] = "application/octet-stream";
    else if (options.json !== undefined) {
      headers["Content-Type"] = "application/json";
      body = JSON.stringify(options.json);
    }
    let answer: Response;
    try {
      answer = await fetch(withQuery(path, options.query), {
        method,
        headers,
        body,
        credentials: "same-origin",
        signal: options.signal,
        keepalive: options.keepalive,
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiError(0, "offline", this.options.sentence("offline"));
    }
    return this.read<T>(answer.status, await answer.text());
  }

  /** As `request`, but tells how far the bytes have got, which fetch cannot. */
  upload<T>(path: string, body: Blob, options: UploadOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", withQuery(path, options.query));
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("Accept-Language", this.options.language());
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => {
        if (event.lengthComputable && event.total > 0) options.onProgress?.(event.loaded / event.total);
      };
      request.onload = () => {
        try {
          resolve(this.read<T>(request.status, request.responseText));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      request.onerror = () => reject(new ApiError(0, "offline", this.options.sentence("offline")));
      request.onabort = () => reject(new DOMException("aborted", "AbortError"));
      options.signal?.addEventListener("abort", () => request.abort(), { once: true });
      request.send(body);
    });
  }

  private read<T>(status: number, text: string): T {
    if (status >= 200 && status < 300 && text === "") return undefined as T;
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new ApiError(status, "unreadable_answer", this.options.sentence("unreadable"));
    }
    if (status >= 200 && status < 300) return answer as T;
    const error = readError(status, answer, this.options.sentence("unreadable"));
    if (status === 401 && error.code === "not_signed_in") this.options.onSignedOut?.();
    throw error;
  }
}
