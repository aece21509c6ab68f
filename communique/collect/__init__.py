"""Keeping a folder of articles growing: feeds and pages fetched with care, stored as received."""
