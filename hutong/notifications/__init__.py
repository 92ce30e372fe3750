"""What reaches people who are not looking: their settings for it, pushes to their browsers, and
digests of what stays unread by mail or text message (`carriers/`).

Tables: notification_settings, push_keys, push_subscriptions, pushes, nudge_pushes, push_positions,
digests. Events out (live):
NotificationSettingsChanged. Events in: what is told of messages, as a hint; what was missed is found by position.

Promises:
- Nothing of this stands on the way of a message: whoever reads within seconds is told nothing.
- A browser is told of a conversation until it is read, at least once within a day whatever process dies, and by one
  process at a time; the newest takes the place of what stood there.
- What is urgent passes mute and quiet hours, and takes no ordinary push's place.
- A browser is told as long as its session lasts, and what it is told only that browser can read.
- Who wants a digest of what stays unread gets one, not one a message, and the next only of what was said after it.
- Requests to a push service reach the public network and nothing of ours.
- A change of the settings is told to every device of that person.
"""

from hutong.notifications.jobs import Digester, Pusher

__all__ = ["Digester", "Pusher"]
