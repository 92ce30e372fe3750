"""House lints: what STYLE asks and no ready-made linter knows. `python -m tools.lint` runs them all.

A line may be excused with `# house: allow-<lint> reason`, on the line itself or the one above; the reason is not
optional. The lints: private, sql, emit, clock, size, patch.
"""

from tools.lint.source import Finding, Source, load, read

__all__ = ["Finding", "Source", "load", "read"]
