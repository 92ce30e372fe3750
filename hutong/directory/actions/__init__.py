"""The verbs: adding and deactivating members, importing rosters, reading the directory."""
