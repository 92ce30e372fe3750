"""What a person's own devices hear. These are frames of docs/protocol.md."""

from hutong.core.events import Event


class NotificationSettingsChanged(Event, frozen=True, kw_only=True, tag="notification_settings"):
    """They were changed on one of the person's devices: the others ask for them again."""
