"""The tables of a dataset, from cells of text to typed rows: parties, places, documents, claims."""
