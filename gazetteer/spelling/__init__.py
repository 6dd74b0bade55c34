"""How names are written: one form for many spellings, what is said beside a name, kinds of places."""
