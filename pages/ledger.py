"""The ledger: every event with its claims, corrections with their authors, import, findings, journal."""

from views.screen.frame.frame import open_page
from views.screen.pages.ledger.page import ledger_page

open_page("Ledger")
ledger_page("pages/ledger.py")
