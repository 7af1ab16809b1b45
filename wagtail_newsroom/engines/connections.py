"""Connections that can be reached from outside while `requests` uses them.

`requests` offers no way to interrupt a request, nor to send an address that its errors and
urllib3's log do not show. A connection that calls back before it sends allows both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter

Report = Callable[[Any], str]
"""Takes a connection; returns what to append to the address that it asks for."""


class ReportingAdapter(HTTPAdapter):
    """Opens connections that ask, before each request, what to append to its address."""

    def __init__(self, report: Report) -> None:
        """Takes what is called with a connection that is about to send a request."""
        self._report = report
        super().__init__(pool_connections=2, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Makes the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        _let_report(self._report, self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Return the pools of connections through a proxy."""
        is_new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **kwargs)
        if is_new:
            _let_report(self._report, manager)
        return manager


def _let_report(report: Report, manager: Any) -> None:
    """Lets a pool manager make connections that report.

    A manager has its pool classes on itself so that they can be replaced there:
    https://github.com/urllib3/urllib3/blob/main/src/urllib3/poolmanager.py
    """

    def reporting(pool: Any) -> Any:
        class Connection(pool.ConnectionCls):
            def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
                return super().request(method, url + report(self), *args, **kwargs)

        class Pool(pool):
            ConnectionCls = Connection

        return Pool

    manager.pool_classes_by_scheme = {
        scheme: reporting(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }
