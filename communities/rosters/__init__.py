"""Bringing in the rosters that offices keep as spreadsheets: reading the file, its columns, its dates, its rows."""
