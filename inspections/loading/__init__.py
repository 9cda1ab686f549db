"""The registers of inspections as tables that can be loaded: ``objects``, ``matters`` and ``powers`` know one each."""
