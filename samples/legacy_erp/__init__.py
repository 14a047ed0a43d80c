"""A legacy ERP to practise on: a web client and a desktop client over one SQLite file.

It is honest legacy: frames, pop-ups, sessions that end, pages that fail, no programming
interface, and nothing that stops a clerk from entering the same invoice twice.
"""
