"""The calls of API V2: values go in, frozen dataclasses of ``domain.py`` come out.

``client.py`` has the calls that CodaBox has published, ``provisional.py`` those of the contract
that is ours (ordering, sending); nothing else knows their addresses. Both ask ``transport/``, hand
the answer to ``answers.py``, and read its JSON field by field with ``json_reader.py`` and
``json_values.py`` (odd dates, numbers as texts): ``parsing.py`` has pods and feeds,
``parsing_clients.py`` clients and their mandates. An answer of another shape is ``BadAnswer``.
"""
