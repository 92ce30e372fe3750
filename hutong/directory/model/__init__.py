"""The room's words and rules, without I/O: cards, faults, fields, and the reading and comparing of rosters."""
