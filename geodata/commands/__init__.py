"""Commands of `python -m geodata`, a group of them a module: `register` adds them to the parser, `GROUPS` is their order in --help."""

from __future__ import annotations

from geodata.commands import boundaries, check, ledger, look, transfer

GROUPS = (look, check, transfer, ledger, boundaries)
