"""Editions of benchmark, lists and statutes as tables: ``columns`` says what stands in them, ``checking`` finds every
fault and everything worth knowing, ``writing`` freezes the rows, ``registers`` lets files of them be loaded.
"""
