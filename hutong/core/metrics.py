"""Figures for Prometheus. Each room declares its own on this registry; `/metrics` shows them all."""

from prometheus_client import CollectorRegistry

registry = CollectorRegistry()
