"""Every version of every record of a dataset, append-only and chained by hashes, in one SQLite file."""

from typing import TYPE_CHECKING, Any

from geodata.ledger.model import Change, Entry, Head, LedgerError, Receipt, StaleError

if TYPE_CHECKING:
    from geodata.ledger.backup import restore
    from geodata.ledger.store import Ledger, ledger_path, open_ledger

__all__ = ["Change", "Entry", "Head", "Ledger", "LedgerError", "Receipt", "StaleError", "ledger_path", "open_ledger", "restore"]


def __getattr__(name: str) -> Any:
    # What needs SQLAlchemy is imported when it is first asked for: it takes a fifth of a second, and a page may only want the errors.
    if name in __all__:
        from geodata.ledger import backup, store

        return getattr(backup if name == "restore" else store, name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
