"""The broker of a network that is one process: who commits and who delivers share the event loop."""

from hutong.core.live import Listener, Signal


class MemoryBroker:
    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def publish(self, signal: Signal) -> None:
        for listener in self._listeners:
            listener(signal)

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)
