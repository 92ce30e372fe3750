"""Who runs what: the only place that knows every room.

`registry` lists them, `api` and `live` make the two edges, `jobs` is what runs by the clock, `serve` puts the roles of
one process on a port, `processes` starts several such processes and looks after them (`child` is what each runs).
"""

from hutong.roles.processes import supervise
from hutong.roles.serve import Network, bind, make_server, open_network, serve

__all__ = ["Network", "bind", "make_server", "open_network", "serve", "supervise"]
