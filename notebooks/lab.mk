# SPDX-License-Identifier: MIT
# lab.mk - the notebooks: a server for them, all of them run, and what they build beside
# the project.  Read after the Makefile.

DEPS_LAB := python3-nbclient python3-ipykernel python3-pandas bubblewrap

.PHONY: lab lab-check test-lab watch

# Debian's Jupyter with Debian's Python, for this machine alone; it prints the address
# with its token.

### Learn

## the lessons as notebooks, in a browser
##   PORT=n
lab:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_LAB) jupyter-notebook,all)
	$(Q)[ -z "$$PORT" ] || $(PYTHON) bench/serve/class_server.py "$$PORT"
	$(Q)$(PYTHON) -m notebook --ip=127.0.0.1 --no-browser --notebook-dir=notebooks \
	    $(if $(filter 0,$(shell id -u)),--allow-root) $${PORT:+--port="$$PORT"}

## a file graded whenever it is saved, but for the clock
##   TIP=family/tip  SRC=file.c
watch:
	$(Q)[ -n "$$TIP" ] || { echo "twinbench: make watch TIP=family/tip [SRC=file.c]" >&2; exit 2; }
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE),$(B)/twinbench >&2)
	$(Q)B=$(B) $(PYTHON) notebooks/watch.py -- "$$TIP" $${SRC:+"$$SRC"}

## every notebook from top to bottom, unsolved: ten minutes
lab-check:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_LAB),all)
	$(Q)LAB_ALL=1 TEST_SECONDS=1800 B=$(B) prove -v --timer --exec tests/lib/run tests/commands/notebooks.t

## every lesson clicked through in Chromium: half an hour
##   TIP=family/tip for one
test-lab:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_LAB) $(DEPS_GRADE) jupyter-notebook perl "chromium|chromium-browser" \
	    "chromium-driver|chromium-chromedriver" python3-selenium,all)
	$(Q)TEST_SECONDS=7200 B=$(B) prove -v --timer --exec tests/lib/run tests/notebooks/clicks.py$(if $(TIP), :: $(TIP))

$(B)/notebooks/order: notebooks/order.c $(HARNESS) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@.o $< && \
	    $(call link_harness,$@.o $(filter %.o,$^))
