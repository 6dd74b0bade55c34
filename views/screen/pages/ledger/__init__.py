"""The page of the ledger, a module a section: events with their claims, forms, import, findings, journal."""
