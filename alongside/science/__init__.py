"""Pure Python: values in, values out; no Django, no SQL, no network, no clock."""
