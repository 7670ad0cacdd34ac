"""How large a provider's file and its parts may be; every message that refuses one names the limit."""

MEBIBYTE = 1024 * 1024

MAX_FILE_BYTES = 50 * MEBIBYTE
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 5_000_000
MAX_WORKBOOK_CELLS = 2_500_000
"""Fewer than in text tables: each costs several steps of XML."""
LAST_ROW = 1_048_576
"""No spreadsheet has more rows; a file that goes on with blank ones is stopped there."""
MAX_OFFERING_CHARACTERS = 4 * MEBIBYTE
MAX_OFFERING_VALUES = 300_000
"""Values of one JSON offering: a short text of empty lists would grow a hundredfold in memory."""
MAX_DEPTH = 20
MAX_XLSX_BYTES = 300 * MEBIBYTE
MAX_TABLE_TEXT_BYTES = 64 * MEBIBYTE
"""Text that a table holds in all: cells of a workbook can repeat one long text for almost nothing."""
MAX_PROBLEMS = 500
"""Problems told of one offering, or of a file as a whole; one more says that there were more."""
HEADER_WITHIN_ROWS = 20
