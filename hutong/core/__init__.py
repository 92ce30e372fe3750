"""What every room stands on: database, clock, ids, errors, actor, live contract, HTTP glue. Knows no room."""
