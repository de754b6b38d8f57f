"""None: the tables are made for a run alone. The folder lets the models stand on those of migrated apps."""
