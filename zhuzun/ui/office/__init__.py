"""Formats of dates and times where Django writes them by itself (FORMAT_MODULE_PATH): as in the portal's tables."""
