import math
import time


class TimeIsUp(Exception):
    """A part of the work has no time left; the next turn goes on where it stopped."""


class Turn:
    """How long one call may take, and what it tells Odoo of its progress.

    Odoo gives a scheduled action ten seconds, then no time at all in up to nine more calls of the
    same turn; and it takes a job that did something, but has nothing left, for done. So at least
    one unit of work is always done, and clients that still wait are always told.

    :param env: environment of the call; in a scheduled action, that of the action.
    :param int waiting: number of clients that wait, this one included.
    :param float seconds: how long a person waits; a scheduled action has the time that Odoo gives.
    """

    clock = staticmethod(time.monotonic)

    def __init__(self, env, waiting, seconds=math.inf):
        self._cron = env["ir.cron"]
        self.waiting = waiting
        self._deadline = self.clock() + min(seconds, self.tell())
        self.begin()

    def tell(self, done=0, ended=0):
        """Commit, and tell Odoo what was done and how many clients wait.

        :param int done: units of work: documents that came in or were booked, clients.
        :param int ended: clients that wait no more with this commit.
        :return: the seconds that Odoo leaves.
        :rtype: float
        """
        return self._cron._commit_progress(done, remaining=self.waiting - ended)

    def begin(self, share=1.0):
        """Begin a part of the work, which does one unit whatever the time.

        :param float share: of the time that is left.
        """
        now = self.clock()
        self._limit = now + max(self._deadline - now, 0) * share
        self._units = 0

    def did(self):
        """One unit is done: commit it and tell."""
        self._units += 1
        self.tell(1)

    def is_spent(self):
        """Return whether this part of the work did something and its time is up."""
        return bool(self._units) and self.clock() >= self._limit

    def check(self):
        """Leave this part of the work when its time is up.

        :raise TimeIsUp: it did something, and has no time left.
        """
        if self.is_spent():
            raise TimeIsUp

    def is_over(self):
        """Return whether the time of the whole call is up."""
        return self.clock() >= self._deadline
