"""The robot that reads invoices; its folder also runs alone, away from this repository."""
