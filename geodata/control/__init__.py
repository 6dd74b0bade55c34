"""Who holds what on a date, what changed, and how two readings differ."""
