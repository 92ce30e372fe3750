"""The figures of issue 3: what is to be reached, what it was set against, how a table of them is printed and kept."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Values = Mapping[str, float]


@dataclass(frozen=True)
class Figure:
    """`target` was set on a machine where the bare limit was `limit`, and the peer did `peer`.

    `scaled_by` names the figure whose limit stands for this machine's speed where there is none of its own; without
    either the target stands as it is.
    """

    key: str
    text: str
    unit: str
    better: Literal["more", "less"]
    target: float
    peer: float | None = None
    limit: float | None = None
    scaled_by: str | None = None


@dataclass(frozen=True)
class Cell:
    """A figure as it came out in one run."""

    figure: Figure
    value: float
    target: float
    fault: str | None

    @property
    def met(self) -> bool:
        if self.fault:
            return False
        return self.value >= self.target if self.figure.better == "more" else self.value <= self.target


def judge(figures: Sequence[Figure], ours: Values, limits: Values, faults: Mapping[str, str]) -> list[Cell]:
    """A cell for each figure that was measured, its target moved with the limit of the same run."""
    by_key = {figure.key: figure for figure in figures}
    cells = []
    for figure in figures:
        if figure.key not in ours and figure.key not in faults:
            continue
        scale = by_key[figure.scaled_by or figure.key]
        factor = limits[scale.key] / scale.limit if scale.limit and scale.key in limits else 1.0
        value = ours.get(figure.key, float("nan"))
        # Of speed more is better, of cost less: a scale that counts the other way is turned round.
        factor = factor if scale.better == figure.better else 1 / factor
        cells.append(Cell(figure, value, figure.target * factor, faults.get(figure.key)))
    return cells


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def table(cells: Sequence[Cell], limits: Values, peer: Values | None) -> str:
    """Markdown. With a peer measured in this run, what it did and how many times better we are."""
    heads = ["work", "unit", "ejabberd then", "ejabberd", "ratio", "bare limit", "target", "ours", "met"]
    rows = []
    for cell in cells:
        figure = cell.figure
        now = peer.get(figure.key) if peer else None
        ratio = (cell.value / now if figure.better == "more" else now / cell.value) if now and cell.value else None
        sign = "≥" if figure.better == "more" else "≤"
        rows.append([
            figure.text, figure.unit, _number(figure.peer), _number(now), f"{ratio:,.1f}×" if ratio else "–",
            _number(limits.get(figure.key)), f"{sign} {_number(cell.target)}", _number(cell.value),
            "yes" if cell.met else f"NO: {cell.fault}" if cell.fault else "NO",
        ])  # fmt: skip
    if peer is None:
        for row in [heads, *rows]:
            del row[3:5]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = [" | ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in [heads, *rows]]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def keep(cells: Sequence[Cell], file: Path) -> None:
    """One line a cell, so that two runs can be compared line by line."""
    lines = [
        json.dumps({
            "figure": cell.figure.text, "value": _rounded(cell.value), "unit": cell.figure.unit,
            "target": _rounded(cell.target), "met": cell.met,
        }, ensure_ascii=False)
        for cell in cells
    ]  # fmt: skip
    file.parent.mkdir(exist_ok=True)
    file.write_text("[\n  " + ",\n  ".join(lines) + "\n]\n", encoding="utf-8")


def _rounded(value: float) -> float | None:
    """Four digits that mean something; null for what could not be measured."""
    return None if math.isnan(value) else float(f"{value:.4g}")
