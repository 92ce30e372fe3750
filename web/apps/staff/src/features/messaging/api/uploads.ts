import type { StoredFile } from "@hutong/realtime";
import { api } from "../../../app/client";
import type { StartUpload } from "../state/uploads";

/** POST /api/files with progress. The answer names the file; it belongs to nobody's conversation until a message does. */
export const uploadFile: StartUpload = (file, onProgress) => {
  const abort = new AbortController();
  const done = api.upload<StoredFile>("/api/files", file, {
    query: { name: file.name },
    signal: abort.signal,
    onProgress: (share) => onProgress(Math.round(share * file.size)),
  });
  return { done, cancel: () => abort.abort() };
};
