import type { StoredFile } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import { UploadQueue, type Attachment, type UploadCall } from "./uploads";

function attachment(id: string): Attachment {
  return { id, file: new File(["x"], `${id}.txt`), isImage: false, preview: null, width: null, height: null };
}

function stored(id: string): StoredFile {
  return { id, name: `${id}.txt`, size: 1, media_type: "text/plain", width: null, height: null };
}

/** A server that answers when told to. */
function fakeServer() {
  const calls: { name: string; answer: (file: StoredFile) => void; fail: (error: unknown) => void; isCancelled: boolean }[] = [];
  const start = (file: File): UploadCall => {
    const call = { name: file.name, answer: (_: StoredFile) => {}, fail: (_: unknown) => {}, isCancelled: false };
    const done = new Promise<StoredFile>((resolve, reject) => {
      call.answer = resolve;
      call.fail = reject;
    });
    calls.push(call);
    return {
      done,
      cancel: () => {
        call.isCancelled = true;
        call.fail(new Error("aborted"));
      },
    };
  };
  return { calls, start };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("uploads", () => {
  it("go one after the other and become messages in order", async () => {
    const { calls, start } = fakeServer();
    const sent: string[] = [];
    const queue = new UploadQueue(start, (upload) => sent.push(upload.id));
    queue.add("c", [attachment("a"), attachment("b")]);
    expect(calls.map((it) => it.name)).toEqual(["a.txt"]);
    calls[0]!.answer(stored("1"));
    await settled();
    expect(calls.map((it) => it.name)).toEqual(["a.txt", "b.txt"]);
    calls[1]!.answer(stored("2"));
    await settled();
    expect(sent).toEqual(["a", "b"]);
    expect(queue.getUploads()).toEqual([]);
  });

  it("cancelled are gone and let the next one go", async () => {
    const { calls, start } = fakeServer();
    const sent: string[] = [];
    const queue = new UploadQueue(start, (upload) => sent.push(upload.id));
    queue.add("c", [attachment("a"), attachment("b")]);
    queue.cancel("a");
    await settled();
    expect(calls[0]!.isCancelled).toBe(true);
    calls[1]!.answer(stored("2"));
    await settled();
    expect(sent).toEqual(["b"]);
  });

  it("failed say why and can be tried again", async () => {
    const { calls, start } = fakeServer();
    const sent: string[] = [];
    const queue = new UploadQueue(start, (upload) => sent.push(upload.id));
    queue.add("c", [attachment("a")]);
    calls[0]!.fail({ status: 413, message: "文件太大" });
    await settled();
    expect(queue.getUploads()[0]).toMatchObject({ status: "failed", reason: "文件太大" });
    queue.retry("a");
    calls[1]!.answer(stored("1"));
    await settled();
    expect(sent).toEqual(["a"]);
  });
});
