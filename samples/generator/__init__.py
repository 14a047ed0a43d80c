"""Random but realistic invoices with their truth, to measure the reading on what it never saw.

Families of style are made of parts (letterhead, facts, table, totals); those of the test split
share no letterhead, facts or totals style with those of the development split.
"""
