"""Who runs what: the only place that knows every room.

`registry` lists them, `api` and `live` make the two edges, `jobs` is what runs by the clock, `serve` puts all of it
on one port.
"""

from hutong.roles.serve import Network, bind, make_server, open_network, serve

__all__ = ["Network", "bind", "make_server", "open_network", "serve"]
