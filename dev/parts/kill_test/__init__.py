"""The kill test, started by ``dev/kill_test``; ``main`` says what it proves.

* ``main`` starts ``part`` on each database and adds up; ``part`` runs its share of the scenarios;
* ``scenarios`` (the nightly run), ``together``, ``outages``, ``sending``, ``orders``, ``uploads``, ``at_once``,
  ``decisions``: what is killed, one subject each; ``acts`` is what the last four share;
* ``stage``: an office made ready for one case; ``world``: its clients and their documents;
* ``process``: a child that is killed at a step; ``strikes``: a database or a disk that fails;
* ``witness``: judges each call on arrival; ``books``: what is compared in the end.
"""
