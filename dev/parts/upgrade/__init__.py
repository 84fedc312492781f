"""The upgrade test, started by ``dev/upgrade_test``; ``main`` says what it proves.

* ``fill`` and ``fill_acts``: fill a database with the old version and its own demo;
* ``main``: upgrades it, then compares ``rows`` (nothing lost), ``rules`` (as newly installed)
  and ``secrets`` (moved unseen);
* ``again``, ``again_fetch``, ``deliver``: everything is delivered once more, nothing is doubled.

``fill``, ``fill_acts`` and ``deliver`` import the demo of the OLD version, by the paths it has in
the commit of ``dev/upgrade_from``: ``dev/demo*.py`` until that commit has ``dev/parts``.
"""
