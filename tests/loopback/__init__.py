"""The far end of the network, on this machine."""

from .server import HOSTILE, Asked, LoopbackServer, translate

__all__ = ["HOSTILE", "Asked", "LoopbackServer", "translate"]
