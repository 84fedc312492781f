"""Sales invoices on their way to CodaBox, each exactly once.

A UBL file goes in; ``sales_file.py`` says whether it is the invoice that is meant, before it
leaves. ``once.py`` sends it by a way (``CopyToAccountant``, ``PeppolUpload``, one of the caller),
and after a lost answer looks whether it arrived, where CodaBox can be asked. Out comes what
CodaBox made of it.
"""
