"""Series of statements of which some are missing."""

from datetime import timedelta
from decimal import Decimal

from .common import IBAN, NUMBER, CodaboxCase, credit, date, statement

DAYS = 12
LOST = (4, 5, 9)


class GapsCase(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.feed_record = self.map_client()

    def series(self, habit, *, empty=(), parts=1):
        """Return a complete series of statements over new year, numbered by a habit."""
        found, balance, day, count, period = [], Decimal(100), date(2025, 12, 22), 0, None
        previous = day - timedelta(days=3)
        for index in range(DAYS):
            while day.weekday() > 4:
                day += timedelta(days=1)
            now = day.isocalendar()[:2] if habit == "crelan" else day.year
            if now != period and habit != "normal":
                period, count = now, 0
            count += 1
            movements = [] if index in empty else [credit(str(10 + index), communication="A")]
            found.append(
                statement(
                    account=IBAN,
                    enterprise_number=NUMBER,
                    opening=balance,
                    movements=movements,
                    day=day,
                    opening_day=previous,
                    **self.numbers(habit, count, period),
                )
            )
            balance = found[-1].closing.amount
            previous = day
            day += timedelta(days=1 if (index + 1) % parts == 0 else 0)
        return found

    def numbers(self, habit, count, period):
        if habit == "crelan":
            return {"number": count, "paper_number": f"{period[1]:03}"}
        return {
            "normal": {"number": 100 + count},
            "yearly": {"number": count},
            "constant": {"number": 1},
            "none": {"number": 0, "paper_number": "000"},
        }[habit]

    def gaps(self, state="open"):
        return (
            self.env["codabox.gap"]
            .with_user(self.accountant)
            .search([("state", "=", state)], order="date_from")
        )

    def gap_of(self, lost=15):
        """Receive the days around one, without it; return the gap and the lost statement."""
        missing = self.day(lost, credit("10", communication="Lost"), opening="100")
        self.receive(self.day(lost - 1, credit("100")))
        self.receive(self.day(lost + 1, credit("1"), opening="110"))
        return self.gaps(), missing
