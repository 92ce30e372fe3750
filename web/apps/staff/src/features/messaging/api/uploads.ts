import type { StoredFile } from "@hutong/realtime";
import { t } from "@lingui/core/macro";
import { api } from "../../../app/client";
import { currentLanguage } from "../../../app/language";
import type { StartUpload } from "../state/uploads";

/** What a line can send in a second or two goes at once; more goes in pieces, and on where it stopped. */
const AT_ONCE_BYTES = 8 * 1024 * 1024;

/** The answer names the file; it belongs to nobody's conversation until a message does. */
export const uploadFile: StartUpload = (file, report) => (file.size > AT_ONCE_BYTES ? inPieces(file, report) : atOnce(file, report));

const atOnce: StartUpload = (file, { onProgress }) => {
  const abort = new AbortController();
  const done = api.upload<StoredFile>("/api/files", file, {
    query: { name: file.name },
    signal: abort.signal,
    onProgress: (share) => onProgress(Math.round(share * file.size)),
  });
  return { done, cancel: () => abort.abort() };
};

const inPieces: StartUpload = (file, report) => {
  const started = import("@hutong/api/pieces").then(
    ({ UploadInPieces }) => new UploadInPieces<StoredFile>(file, { endpoint: "/api/uploads", language: currentLanguage(), unreadable: t`这个文件在本机被修改或删除了，请重新选择。`, ...report }),
  );
  const later = (deed: "pause" | "resume" | "cancel") => () => void started.then((upload) => upload[deed]());
  return { done: started.then((upload) => upload.done), cancel: later("cancel"), pause: later("pause"), resume: later("resume") };
};
