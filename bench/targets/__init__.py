"""The servers that are measured: Hutong, the bare limit, and the peer."""
