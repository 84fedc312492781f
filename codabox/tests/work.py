"""How much work something is, counted instead of timed: the same on every machine, busy or not."""

import sys
import time
from contextlib import contextmanager

# Of the processor, so that no neighbour counts. What ends at once takes milliseconds; what these
# tests fear takes minutes, or all memory.
MUCH = 30


@contextmanager
def counted_calls():
    """Count the calls of functions; the yielded list holds their number at the end."""
    calls = [0]

    def count(_frame, event, _argument):
        calls[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


@contextmanager
def no_explosion():
    """What is inside ends at once, on whatever machine."""
    start = time.process_time()
    yield
    if time.process_time() - start > MUCH:
        raise TimeoutError
