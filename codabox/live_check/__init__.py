"""Does a real CodaBox answer as the provisional contract assumes? A command, for people.

``python -m codabox.live_check`` (``__main__.py``) takes credentials from the environment, makes the
calls of ``v2/provisional.py`` that change nothing, and prints call by call what holds. With
``--order FILE`` it places one order through ``mandates/``, never on production.
"""
