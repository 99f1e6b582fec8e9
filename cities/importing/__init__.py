"""Content as tables, and backups."""
