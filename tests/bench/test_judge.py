"""A slow machine is no miss, and a fast one no gift."""

import json
from pathlib import Path

from bench.figures import Figure, judge, keep, table

RATE = Figure("pairs.rate", "one to one", "messages/s", "more", 20_000, peer=2_500, limit=50_000)
COST = Figure("pairs.cpu", "one to one", "CPU-s", "less", 80, limit=20)
HOT = Figure("hot.rate", "hot group", "acknowledged/s", "more", 5_000, scaled_by="pairs.rate")
WALL = Figure("opening.wall", "opening", "ms", "less", 25, scaled_by="pairs.rate")
SIZE = Figure("opening.size", "opening", "KB", "less", 60)
ALL = [RATE, COST, HOT, WALL, SIZE]


def test_targets_move_with_the_limit_of_the_same_run() -> None:
    ours = {"pairs.rate": 11_000.0, "pairs.cpu": 150.0, "hot.rate": 2_400.0, "opening.wall": 49.0, "opening.size": 61.0}
    cells = judge(ALL, ours, {"pairs.rate": 25_000.0, "pairs.cpu": 40.0}, {})
    assert [cell.target for cell in cells] == [10_000, 160, 2_500, 50, 60]
    assert [cell.met for cell in cells] == [True, True, False, True, False]


def test_without_a_limit_targets_stand_and_what_was_not_measured_is_left_out() -> None:
    (cell,) = judge(ALL, {"pairs.rate": 20_000.0}, {}, {})
    assert cell.target == 20_000
    assert cell.met


def test_a_figure_with_a_fault_is_not_met_however_good(tmp_path: Path) -> None:
    cells = judge(ALL, {"pairs.rate": 90_000.0}, {}, {"pairs.rate": "3 of 9 never arrived", "hot.rate": "hung up"})
    assert [cell.met for cell in cells] == [False, False]
    assert "3 of 9 never arrived" in table(cells, {}, {"pairs.rate": 3_000.0})
    keep(cells, tmp_path / "results" / "some.json")
    assert json.loads((tmp_path / "results" / "some.json").read_text()) == [
        {"figure": "one to one", "value": 90_000, "unit": "messages/s", "target": 20_000, "met": False},
        {"figure": "hot group", "value": None, "unit": "acknowledged/s", "target": 5_000, "met": False},
    ]
