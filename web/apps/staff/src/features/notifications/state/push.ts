/** Being told while no page is open: the browser's push service wakes our service worker (public/sw.js). */
const WORKER = "/sw.js";

export function canPush(): boolean {
  return isSecureContext && "serviceWorker" in navigator && "PushManager" in window;
}

const wishKey = (personId: string) => `hutong.push.${personId}`;

/** On this device, as long as the person has not switched it off here. */
export function wantsPush(personId: string): boolean {
  return localStorage.getItem(wishKey(personId)) !== "off";
}

export function keepWish(personId: string, wants: boolean): void {
  if (wants) localStorage.removeItem(wishKey(personId));
  else localStorage.setItem(wishKey(personId), "off");
}

/** Where this browser is reached, for the server with this key. Throws when its push service cannot be reached. */
export async function subscribe(publicKey: string): Promise<PushSubscriptionJSON> {
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  let known = await pushManager.getSubscription();
  if (known && keyOf(known) !== publicKey) {
    // Of a server that was there before: nobody but that one could push to it.
    await known.unsubscribe();
    known = null;
  }
  return (known ?? (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }))).toJSON();
}

export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
