"""Does a real CodaBox answer as ``docs/reference/api.md`` says? For people: a command, a button.

``python -m codabox.live_check`` (``__main__.py``) takes credentials from the environment and prints
call by call what is as documented, differs or is not offered. ``check.py`` makes the calls, none of
which changes anything; ``shapes.py`` has the answers that were seen and tells how one differs, by
names of fields only. With ``--order FILE`` it places one order, never on production.
"""
