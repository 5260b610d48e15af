# Two commands do all the set-up: `make run` and `make test`. Everything is installed into this folder.
UV_VERSION := 0.9.18
UV := .tools/bin/uv
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export UV_PYTHON_DOWNLOADS := never
export RASA_TELEMETRY_ENABLED := false
PY := .venv/bin/python
PORT ?= 8080

.PHONY: run test setup train check audit lint format evaluate benchmark bench soak clean
.DEFAULT_GOAL := run

setup: .venv/.ready  ## install everything that uv.lock names

.tools/bin/uv:
	@echo "Fetching uv $(UV_VERSION) from the package index…"
	@python3 -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: uv.lock pyproject.toml | $(UV)
	@echo "Installing the locked packages…"
	@$(UV) sync --frozen --all-groups
	@$(PY) -c "import site, pathlib; pathlib.Path(site.getsitepackages()[0], 'guichet_silence.pth').write_text('import os; os.environ[\"RASA_TELEMETRY_ENABLED\"] = \"false\"\n')"
	@touch $@

train: setup  ## train the model, if anything it is trained on has changed
	@.venv/bin/guichet train

run: train  ## serve http://127.0.0.1:8080/
	@.venv/bin/guichet serve --port $(PORT)

audit: | $(UV)  ## ask an advisory service about every locked package, from an environment of its own
	@test -x .tools/audit/bin/pip-audit || { python3 -m venv .tools/audit && .tools/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1; } \
		|| { echo "audit: NOT DONE: pip-audit cannot be installed here" >&2; rm -rf .tools/audit; }
	@test ! -x .tools/audit/bin/pip-audit || .tools/audit/bin/python scripts/audit.py

check: setup audit  ## style, types, content, what is known against the packages
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/guichet check

test: check  ## everything that must hold; what the tests need besides is fetched while the model is trained
	@(scripts/browser && scripts/services) & fetched=$$!; $(MAKE) --no-print-directory train && wait $$fetched
	@scripts/tests

evaluate: train  ## figures on questions never trained on; EVAL=path to other questions
	.venv/bin/guichet evaluate $(EVAL)

benchmark: train  ## the same engine against its peers on public data
	.venv/bin/guichet benchmark

bench: train  ## speed, beside a stock Rasa server of the same content; writes build/bench.html
	@mkdir -p build
	.venv/bin/guichet bench --html build/bench.html

soak: train  ## 100,000 messages: does memory grow, does anything fail?
	.venv/bin/guichet soak

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

clean:
	rm -rf .venv .tools .cache models build
