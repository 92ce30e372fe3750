import { useLingui } from "@lingui/react/macro";
import { IconCloudOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";

import { useInbox } from "../hooks/useMessenger";
import classes from "./ConnectionNote.module.css";

/** A line that lies over the list while the server cannot be heard; a short blink of the network shows nothing. */
export function ConnectionNote() {
  const { t } = useLingui();
  const isDown = useInbox((state) => state.connection === "offline" || state.connection === "polling");
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(isDown), isDown ? 1_500 : 0);
    return () => clearTimeout(timer);
  }, [isDown]);
  return (
    <div className={classes.place} role="status">
      {isShown ? (
        <div className={classes.note}>
          <IconCloudOff size={16} stroke={1.7} aria-hidden />
          {t`连接已断开，正在重连。写下的消息会在恢复后发出。`}
        </div>
      ) : null}
    </div>
  );
}
