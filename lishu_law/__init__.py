"""Lishu Law: the administrative-enforcement case system of the Lishu County Transport Bureau."""
