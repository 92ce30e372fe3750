"""All SQL of the room: departments, members and how they are found, the bulk of a roster."""
