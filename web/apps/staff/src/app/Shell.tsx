import { Outlet } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";

import { MessagingProvider, SearchPlaceProvider } from "../features/messaging";
import { Notifier } from "../features/notifications";
import { MESSAGE_ENTRIES } from "./entries";
import { ForcedPasswordPage } from "../features/identity/components/ForcedPasswordPage";
import { SignInPage } from "../features/identity/components/SignInPage";
import { FastHands } from "./keys/FastHands";
import { Rail } from "./Rail";
import { meQuery } from "./session";
import classes from "./Shell.module.css";
import { ShellSkeleton } from "./ShellSkeleton";

/** Everything behind the sign-in. Nobody signed in: the sign-in page in place, and afterwards the page that was asked for. */
export function Shell() {
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return <ShellSkeleton />;
  if (me === null) return <SignInPage slug={null} />;
  if (me.must_change_password) return <ForcedPasswordPage />;
  return (
    // A new person on the same device starts from nothing.
    <MessagingProvider key={me.id} entries={MESSAGE_ENTRIES}>
      <SearchPlaceProvider>
        <FastHands>
          <div className={classes.shell}>
            <Rail />
            <Outlet />
          </div>
        </FastHands>
      </SearchPlaceProvider>
      <Notifier />
    </MessagingProvider>
  );
}
