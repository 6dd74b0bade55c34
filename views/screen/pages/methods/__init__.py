"""The page that says how we know, and how sure we are."""
