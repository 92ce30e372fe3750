"""Figures for Prometheus. Each room declares its own on this registry; `/metrics` shows them all.

Where several processes share a port, prometheus-client keeps the values in files of PROMETHEUS_MULTIPROC_DIR, and
whoever is asked answers for all. So a Gauge says how it adds up (`multiprocess_mode="livesum"`), and there are no
functions and no collectors of one's own.
"""

import os

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

registry = CollectorRegistry()


def exposition() -> bytes:
    """All figures as Prometheus reads them, of all processes that share this port."""
    if FOLDER_VARIABLE not in os.environ:
        return generate_latest(registry)
    everybody = CollectorRegistry()
    MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]
    return generate_latest(everybody)
