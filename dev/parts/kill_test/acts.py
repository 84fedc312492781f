"""What a person does in the web client: struck at each step, and done again."""

import functools
from collections.abc import Callable, Iterator

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying

from kill_test.process import Child, Diary, Outcome, Steps
from kill_test.stage import Stage
from kill_test.strikes import DATABASE_WORDS, lose_database

FEWEST_STEPS = 4


class Acts:
    """Requests of a person, in processes that are struck."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def request(self, work: Callable) -> object:
        """Do one request of the web client: ``work`` gets the environment; committed at the end."""
        world = self.stage.world
        with self.stage.registry.cursor() as cr:
            context = {"allowed_company_ids": [world.company_id]}
            env = api.Environment(cr, world.chief_id, context)
            return retrying(functools.partial(work, env), env)

    def do(self, work: Callable[[], object], strike_at: int | None = None, strike=None) -> Outcome:
        """Let a person do something in a process of its own; a refusal is a fact, no failure."""
        return Child(functools.partial(self._live, work, strike_at, strike)).wait()

    def _live(self, work: Callable, strike_at: int | None, strike, diary: Diary) -> None:
        Steps(diary, strike_at, strike=strike).watch_closely(self.stage.registry)
        try:
            work()
        except UserError as error:
            diary.write("fact", ["refused", str(error)])

    def distinct(self, steps: list[str]) -> list[int]:
        """Return at which of the steps a kill makes a difference."""
        return [n for n in range(1, len(steps) + 1) if self.stage.is_distinct(steps, n)]

    def lose_database(self) -> None:
        """Strike: PostgreSQL goes away."""
        lose_database(self.stage.db)

    def unharmed(self, outcome: Outcome) -> Iterator[str]:
        """Say what is wrong with what nobody struck."""
        yield from outcome.problems()
        if "refused" in outcome.facts:
            yield f"refused: {outcome.facts['refused']}"
        if len(outcome.steps) < FEWEST_STEPS:
            yield f"only {len(outcome.steps)} steps"

    def killed(self, outcome: Outcome) -> Iterator[str]:
        """Say what is wrong with what was killed."""
        yield from outcome.complaints
        if not outcome.was_killed:
            yield f"was not killed but ended with {outcome.code}"
        yield from self.stage.released()

    def failed(self, outcome: Outcome, words: tuple[str, ...] = DATABASE_WORDS) -> Iterator[str]:
        """Say what is wrong with what a fault stopped: it must say so."""
        if outcome.hung or outcome.code not in (0, 1):
            yield f"ended with {outcome.code}, hung: {outcome.hung}"
        if outcome.code and not any(word in c for c in outcome.complaints for word in words):
            yield f"does not say what happened: {outcome.complaints[-1:]}"
