"""From the rows of a source to records: one module a kind of file."""
