"""Hutong (互通): a self-hosted network that connects a company, both ways, with everyone its product passes through."""

__version__ = "0.1.0"
