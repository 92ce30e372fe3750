/** What went wrong with a request: `code` is for programs, `message` for the reader, in their language. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> | null = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details ?? {};
  }

  /** The server was not reached at all: the request may be made again when the network is back. */
  get isOffline(): boolean {
    return this.status === 0;
  }

  /** Seconds to wait after 429, or null where the server did not say. */
  get retryAfterSeconds(): number | null {
    const seconds = this.details["retry_after_seconds"];
    return typeof seconds === "number" ? seconds : null;
  }

  /** Sentences by field of a 422, so that a form can show each where it belongs. */
  get fields(): Record<string, string> {
    const found: Record<string, string> = {};
    const listed = this.details["fields"];
    if (!Array.isArray(listed)) return found;
    for (const entry of listed as unknown[]) {
      if (entry && typeof entry === "object" && "field" in entry && "message" in entry) {
        found[String(entry.field)] ??= String(entry.message);
      }
    }
    return found;
  }
}

/** Reads an error answer; an answer that is not ours (a proxy's page, say) still becomes an ApiError with a sentence. */
export function readError(status: number, body: unknown, fallback: string): ApiError {
  if (body && typeof body === "object" && "code" in body && "message" in body) {
    const details = "details" in body && body.details && typeof body.details === "object" ? body.details : null;
    return new ApiError(status, String(body.code), String(body.message), details as Record<string, unknown> | null);
  }
  return new ApiError(status, status === 0 ? "offline" : "unreadable_answer", fallback);
}
