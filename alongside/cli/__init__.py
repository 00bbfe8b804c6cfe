"""The `alongside` command: a file in, an answer out; also `demo` and `serve`."""
