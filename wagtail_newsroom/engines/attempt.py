"""What one engine makes of fragments: sent whole, then, if markup was damaged, piece by piece."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from ..segments.markup import Keep
from ..segments.reasons import Reason
from .dispatch import Dispatch
from .plans import Plan, Prepare, first_plan, last_plan
from .results import Draft, Refusal, Result


class Attempt:
    """Follows each fragment from its first plan to a result."""

    def __init__(
        self, dispatch: Dispatch, prepare: Prepare | None = None, keep: Keep | None = None
    ) -> None:
        """Takes the dispatch that the texts go through, and what is done to them before."""
        self.dispatch = dispatch
        self.engine = dispatch.engine
        self.prepare = prepare
        self.keep = keep
        self._waiting: dict[str, list[Plan]] = {}
        """The plans that need a text's outcome."""
        self._missing: dict[Plan, set[str]] = {}

    def results(self, fragments: Iterable[str]) -> Generator[dict[str, Result], None, None]:
        """Yield results by fragment as they come, and an empty one when nothing does."""
        at_once = self._follow(
            [first_plan(fragment, self.engine, self.prepare, self.keep) for fragment in fragments]
        )
        if at_once:
            yield at_once
        for outcomes in self.dispatch.arrivals():
            ready = []
            for text in outcomes:
                for plan in self._waiting.pop(text, ()):
                    self._missing[plan].discard(text)
                    if not self._missing[plan]:
                        del self._missing[plan]
                        ready.append(plan)
            yield self._settle(ready)

    def _follow(self, plans: Iterable[Plan]) -> dict[str, Result]:
        """Asks for what plans need; return the results of those that have everything."""
        wanted: dict[str, None] = {}
        ready = []
        for plan in plans:
            unknown = [text for text in plan.sent if text not in self.dispatch.outcomes]
            if not unknown:
                ready.append(plan)
                continue
            self._missing[plan] = set(unknown)
            for text in unknown:
                self._waiting.setdefault(text, []).append(plan)
                wanted[text] = None
        self.dispatch.ask(wanted)
        return self._settle(ready) if ready else {}

    def _settle(self, plans: Iterable[Plan]) -> dict[str, Result]:
        """Return the results of plans whose texts are all in; sends damaged ones once more."""
        results: dict[str, Result] = {}
        damaged: list[Plan] = []
        for plan in plans:
            ending = plan.conclude(
                self.dispatch.outcomes, source=self.dispatch.source, target=self.dispatch.target
            )
            if not isinstance(ending, Reason):
                results[plan.fragment] = Draft(ending, self.engine.name)
            elif ending in (Reason.MARKUP, Reason.TOKENS) and not plan.is_last_resort:
                damaged.append(last_plan(plan.fragment, self.engine, self.prepare, self.keep))
            else:
                results[plan.fragment] = Refusal(ending, self.engine.name)
        if damaged:
            results |= self._follow(damaged)
        return results
