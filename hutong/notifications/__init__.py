"""What reaches people who are not looking: their settings for it.

Tables: notification_settings. Events out (live): NotificationSettingsChanged. Events in: none.

Promises:
- Who never chose anything is heard of nothing worse than silence: the settings have defaults, and no row.
- A change is told to every device of that person.
"""
