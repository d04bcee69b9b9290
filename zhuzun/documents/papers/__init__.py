"""What stands on a paper (`text`, `sheet`) and how it becomes PDF and .docx: pure functions, no models, no clock.

Nothing else in the portal imports weasyprint or python-docx, and these are imported only where a page is really set.
"""
