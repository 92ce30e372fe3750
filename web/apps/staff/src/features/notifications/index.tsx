/** What reaches a person who is not looking: sound, notifications of the system, the mark on the app's icon; and the settings for it. */
export { NotificationsCard } from "./components/NotificationsCard";
export { Notifier } from "./components/Notifier";
