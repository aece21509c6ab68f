"""What the tables are: one declaration from which the Parquet schema, the dictionary and the descriptors are made."""
