import type { Message, Outgoing } from "../src";

export const said = (seq: number, more: Partial<Message> = {}): Message => ({
  conversation_id: "7",
  seq,
  sender_id: "1",
  client_id: `c${seq}`,
  kind: "text",
  text: `第${seq}句`,
  file: null,
  notice: null,
  sent_at: "2026-11-24T01:54:44.123456Z",
  ...more,
});

export const unsent = (client_id: string, more: Partial<Outgoing> = {}): Outgoing => ({
  client_id,
  conversation_id: "7",
  kind: "text",
  text: "您好",
  file_id: null,
  file: null,
  created_at: "2026-11-24T01:54:44.123Z",
  failure: null,
  ...more,
});

/** The server's end of a socket, in the test's hands. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    return FakeSocket.all[FakeSocket.all.length - 1]!;
  }
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  heard: Record<string, unknown>[] = [];
  isClosed = false;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.heard.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.isClosed = true;
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  welcomes() {
    this.says({ type: "welcome", person_id: "1", session_id: "2", server_time: "", heartbeat_seconds: 25, max_frame_bytes: 65536 });
  }
  drops(code = 1006) {
    this.onclose?.({ code });
  }
  sends = () => this.heard.filter((frame) => frame.type === "send").map((frame) => frame.client_id);
}

export const openFakeSocket = (url: string) => new FakeSocket(url) as unknown as WebSocket;
