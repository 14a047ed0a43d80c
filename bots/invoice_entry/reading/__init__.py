"""Reading an invoice: words on the page, values beside labels, cross-checks, trust."""
