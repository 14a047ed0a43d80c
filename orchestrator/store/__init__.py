"""Floor 4: tables, named SQL, migrations, transactions, documents, the embedded PostgreSQL."""
