"""The commands of `python -m geodata`: a group a module, each with `register(commands)`, which adds its commands.

A command is a parser with a default `run`: a function from the parsed options to an exit status. What it raises of `GeodataError` and
`OSError` is said in one line by `geodata/__main__.py`.
"""

from geodata.commands import boundaries, check, figures, files, ledger, look

GROUPS = (look, check, figures, files, ledger, boundaries)
"""In the order in which --help lists them."""
