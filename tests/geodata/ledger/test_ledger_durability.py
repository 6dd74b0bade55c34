"""Writers that are killed lose nothing that was acknowledged, and repeat nothing; see also benchmarks/durability.py."""

from pathlib import Path

from tests.geodata.ledger.ledger_trials import ROWS, run


def test_killed_writers_lose_nothing_and_repeat_nothing(tmp_path: Path):
    tally = run(tmp_path / "trials", kills=12, seed=1)
    assert tally.complaints == []
    assert (tally.lost, tally.doubled, tally.halves) == (0, 0, 0)
    # The trials have tried something.
    assert tally.trials == 12
    assert tally.in_the_middle > 3
    assert tally.acknowledged >= 2 * ROWS
    assert tally.reads > 10
