"""The table of issue 3."""

from __future__ import annotations

from bench.figures import Figure

_HALL = "group of 1,000 on line, as fast as it goes"
_HALL_PACED = "group of 1,000 on line, 20 messages/s"
_PAIRS = "one to one, 500 pairs, answered on receipt"
_PAIRS_PACED = "one to one, 500 pairs, 500 messages/s"
_CPU = "server CPU-s per million"
_GROWTH = "growth, ten times the messages and members: "

FIGURES = [
    Figure("fanout.rate", _HALL, "deliveries/s", "more", 600_000, peer=36_700, limit=3_150_000),
    Figure("fanout.cpu", _HALL, _CPU, "less", 1.2, peer=38, limit=0.22),
    Figure("paced.p99", _HALL_PACED, "ms p99", "less", 30, peer=118, limit=19),
    Figure("paced.cpu", _HALL_PACED, _CPU, "less", 9, peer=40, limit=7.6),
    Figure("pairs.rate", _PAIRS, "messages/s", "more", 20_000, peer=2_500, limit=49_800),
    Figure("pairs.cpu", _PAIRS, _CPU, "less", 80, peer=729, limit=19),
    Figure("pairs-paced.p99", _PAIRS_PACED, "ms p99", "less", 3.5, peer=3.6, limit=1.7),
    Figure("pairs-paced.cpu", _PAIRS_PACED, _CPU, "less", 750, peer=1_140, limit=313),
    Figure("flood.p99", "the same beside one client that floods", "p99 ratio", "less", 1.5),
    Figure("hot.rate", "one group, 50 people typing at once", "acknowledged/s", "more", 5_000, scaled_by="pairs.rate"),
    Figure("idle.memory", "idle signed-in connection, 10,000 of them", "KiB each", "less", 14, peer=42.6, limit=8.7),
    Figure("signin.cpu", "signing in again, 5,000 clients", "server CPU-ms each", "less", 0.6, peer=1.15, limit=0.11),
    Figure("opening.size", "opening the app: answers, gzipped", "KB", "less", 60),
    Figure("opening.wall", "opening the app: until the last answer", "ms", "less", 25, scaled_by="pairs.cpu"),
    Figure("opening.cpu", "opening the app: server time", "CPU-ms", "less", 25, scaled_by="pairs.cpu"),
    Figure("catchup.requests", "catch-up, 200 active of 500 conversations", "requests", "less", 1),
    Figure("catchup.wall", "catch-up, 200 active of 500 conversations", "ms", "less", 60, scaled_by="pairs.cpu"),
    Figure("growth.fanout", _GROWTH + "group as fast as it goes", "CPU ratio", "less", 1.2),
    Figure("growth.paced", _GROWTH + "group at 20 messages/s", "CPU ratio", "less", 1.2),
    Figure("growth.pairs", _GROWTH + "one to one", "CPU ratio", "less", 1.2),
]
# What `--only` may name: a line of the table.
LINES = list(dict.fromkeys(figure.key.partition(".")[0] for figure in FIGURES))
