/**
 * The messenger: conversations, messages, groups. One `Messenger` holds the socket, the outbox and the inbox; the screens read the inbox and
 * call its verbs. The state (state/) is pure and knows no React.
 */
export { listNudges } from "./api/nudges";
export { ChatPage } from "./components/ChatPage";
export { ChatsEmpty } from "./components/ChatsEmpty";
export { ChatsList } from "./components/ChatsList";
export { ConnectionNote } from "./components/ConnectionNote";
export type { MessageEntry } from "./components/MadeOf";
export { MessagingProvider } from "./components/MessagingProvider";
export { OutsideBadge } from "./components/OutsideBadge";
export { Switcher, type Place } from "./components/switcher/Switcher";
export { useCopyLink } from "./hooks/useCopyLink";
export { useCopy } from "./hooks/useCopy";
export { useChatKeys } from "./hooks/useChatKeys";
export { MessagesCard } from "./components/previews/MessagesCard";
export { TopicPage } from "./components/topics/TopicPage";
export { useMessenger, useUnreadTotal } from "./hooks/useMessenger";
export { SearchPlaceProvider } from "./hooks/useSearchPlace";
export { useStartChat } from "./hooks/useStartChat";
export { usePreviewText } from "./hooks/useWords";
export { callsOn } from "./state/mentions";
export { conversationTitle, personName } from "./state/selectors";
