"""Masking of names and free text for the public copy (standards/disclosure.md §4). Pure."""
