"""HTTP to CodaBox, which knows no resource: a method and a path go in, a whole answer comes out.

``transport.py`` is the door: who asks, what may be repeated, one log line per attempt. It sends
through ``wire.py`` (one exchange: time limits, sizes, redirects), which turns what goes wrong into
an error of ``errors.py`` with ``refusals.py``. ``upload.py`` makes the body of a file that is sent,
``redaction.py`` keeps secrets out of every log line and error on the way.
"""
