"""Write the schema of links into the browser's scripts, after a change of it."""

from __future__ import annotations

from views.screen.permalink import SCRIPT
from views.screen.permalink.schema import script

SCRIPT.write_text(script(), encoding="utf-8")
