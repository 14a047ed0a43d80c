"""How good the reading is: a folder of invoices against their truth."""
