"""All SQL of the room, a file for each thing it is about."""
