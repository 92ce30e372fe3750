import type { Voice } from "@hutong/realtime";

/** An unsent picture, or recording, as it outlives the page. */
export interface ShelvedPicture {
  client_id: string;
  way: string;
  created_at: string;
  name: string;
  width: number;
  height: number;
  /** An upload was begun: it may have arrived. */
  is_begun: boolean;
  bytes: Blob;
  voice?: Voice;
}

const STORE = "pictures";

function request<Result>(made: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    made.onsuccess = () => resolve(made.result);
    made.onerror = () => reject(made.error ?? new Error(STORE));
  });
}

function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open("hutong", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "client_id" });
  return request(opening);
}

async function within<Result>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await open();
  try {
    return await request(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** Pictures are too large for localStorage. Where the browser keeps none (private windows), they live as long as the page. */
export const pictureShelf = {
  put: (picture: ShelvedPicture): Promise<unknown> => within("readwrite", (store) => store.put(picture)).catch(() => undefined),
  remove: (clientId: string): Promise<unknown> => within("readwrite", (store) => store.delete(clientId)).catch(() => undefined),
  async load(way: string): Promise<ShelvedPicture[]> {
    const all = await within<ShelvedPicture[]>("readonly", (store) => store.getAll() as IDBRequest<ShelvedPicture[]>).catch(() => []);
    return all.filter((picture) => picture.way === way).sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  },
};
