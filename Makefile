# Everything a person or CI runs. Needs Python 3.11+ and make; each target sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

