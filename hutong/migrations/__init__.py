"""One chain of migrations (Alembic). Revisions hold plain SQL and import nothing of Hutong."""
