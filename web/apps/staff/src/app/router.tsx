import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, useMatches } from "@tanstack/react-router";

import { CustomersList, CustomersPage } from "../features/contacts";
import { DepartmentPage, DirectoryEmpty, DirectoryList } from "../features/directory";
import { InvitationPage } from "../features/identity/components/InvitationPage";
import { SignInPage } from "../features/identity/components/SignInPage";
import { ChatPage, ChatsEmpty, ChatsList, TopicPage } from "../features/messaging";
import { PageError, PageNotFound } from "./PageError";
import { Panes } from "./Panes";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Outlet, notFoundComponent: PageNotFound });

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/chats", replace: true });
  },
});

/** Whether anything deeper than the list of this room is open. */
function useIsOpen(roomPath: string): boolean {
  const deepest = useMatches().at(-1);
  return (deepest?.pathname ?? "").replace(/\/$/, "") !== roomPath;
}

const chats = createRoute({
  getParentRoute: () => shell,
  path: "chats",
  component: function Chats() {
    const isOpen = useIsOpen("/chats");
    return <Panes list={<ChatsList />} isOpen={isOpen}><Outlet /></Panes>;
  },
});
const chatsIndex = createRoute({ getParentRoute: () => chats, path: "/", component: ChatsEmpty });
const chat = createRoute({
  getParentRoute: () => chats,
  path: "$conversationId",
  component: function Chat() {
    const { conversationId } = chat.useParams();
    return <ChatPage key={conversationId} conversationId={conversationId} seq={null} />;
  },
});
const chatAt = createRoute({
  getParentRoute: () => chats,
  path: "$conversationId/$seq",
  component: function ChatAt() {
    const { conversationId, seq } = chatAt.useParams();
    const at = Number(seq);
    return <ChatPage key={conversationId} conversationId={conversationId} seq={Number.isSafeInteger(at) && at > 0 ? at : null} />;
  },
});

const chatTopic = createRoute({
  getParentRoute: () => chats,
  path: "$conversationId/topics/$topicId",
  component: function ChatTopic() {
    const { conversationId, topicId } = chatTopic.useParams();
    return <TopicPage key={`${conversationId} ${topicId}`} conversationId={conversationId} topicId={topicId} />;
  },
});

const directory = createRoute({
  getParentRoute: () => shell,
  path: "directory",
  validateSearch: (search: Record<string, unknown>): { member?: string } =>
    typeof search["member"] === "string" ? { member: search["member"] } : {},
  component: function Directory() {
    const { member } = directory.useSearch();
    const isDepartmentOpen = useIsOpen("/directory");
    return <Panes list={<DirectoryList />} isOpen={isDepartmentOpen || member !== undefined}><Outlet /></Panes>;
  },
});
const directoryIndex = createRoute({ getParentRoute: () => directory, path: "/", component: DirectoryEmpty });
const department = createRoute({
  getParentRoute: () => directory,
  path: "$departmentId",
  component: function Department() {
    return <DepartmentPage departmentId={department.useParams().departmentId} />;
  },
});

const customers = createRoute({
  getParentRoute: () => shell,
  path: "customers",
  component: function Customers() {
    return <Panes list={<CustomersList />} isOpen={useIsOpen("/customers")}><CustomersPage /></Panes>;
  },
});

const admin = createRoute({
  getParentRoute: () => shell,
  path: "admin",
  component: lazyRouteComponent(() => import("../features/directory/components/admin/AdminRoom"), "AdminRoom"),
});
const adminIndex = createRoute({ getParentRoute: () => admin, path: "/" });
const adminRoster = createRoute({
  getParentRoute: () => admin,
  path: "roster",
  component: lazyRouteComponent(() => import("../features/directory/components/admin/RosterPage"), "RosterPage"),
});
const adminMembers = createRoute({
  getParentRoute: () => admin,
  path: "members",
  component: lazyRouteComponent(() => import("../features/directory/components/admin/MembersPage"), "MembersPage"),
});
const adminRetention = createRoute({
  getParentRoute: () => admin,
  path: "retention",
  component: lazyRouteComponent(() => import("../features/messaging/components/admin/RetentionPage"), "RetentionPage"),
});

const adminMessages = createRoute({
  getParentRoute: () => admin,
  path: "messages",
  component: lazyRouteComponent(() => import("../features/messaging/components/previews/AdminMessagesPage"), "AdminMessagesPage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "settings",
  component: lazyRouteComponent(() => import("../features/identity/components/SettingsPage"), "SettingsPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "at/$slug",
  component: function SignInAt() {
    return <SignInPage slug={signIn.useParams().slug} />;
  },
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "invite/$token",
  component: function Invited() {
    return <InvitationPage token={invitation.useParams().token} />;
  },
});

const routeTree = root.addChildren([
  shell.addChildren([
    home,
    chats.addChildren([chatsIndex, chat, chatAt, chatTopic]),
    directory.addChildren([directoryIndex, department]),
    customers,
    admin.addChildren([adminIndex, adminRoster, adminMembers, adminMessages, adminRetention]),
    settings,
  ]),
  signIn,
  invitation,
]);

/** Search parameters are plain texts. The router's own way reads them as JSON, and an id of 17 digits is no JavaScript number. */
function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const text = new URLSearchParams(given).toString();
  return text ? `?${text}` : "";
}

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageNotFound,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
