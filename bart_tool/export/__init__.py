"""What was found, as tables for other programs: CSV with CSVW, XLSX, and their codebook."""
