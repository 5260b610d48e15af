"""Questions as they come from outside: pasted text, tables, JSON. Names and addresses stop here."""
