# SPDX-License-Identifier: MIT
# lab.mk - the notebooks: a server for them, all of them run, and what they build beside
# the project.  Read after the Makefile.

DEPS_LAB := python3-nbclient python3-ipykernel python3-pandas bubblewrap

.PHONY: lab lab-check

# Debian's Jupyter with Debian's Python, for this machine alone; it prints the address
# with its token.

### Learn

## the lessons as notebooks, in a browser
##   PORT=n
lab:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_LAB) jupyter-notebook,all)
	$(Q)$(PYTHON) -m notebook --ip=127.0.0.1 --no-browser --notebook-dir=notebooks \
	    $(if $(filter 0,$(shell id -u)),--allow-root) $(if $(PORT),--port=$(PORT))

## every notebook from top to bottom, unsolved: ten minutes
lab-check:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_LAB),all)
	$(Q)LAB_ALL=1 TEST_SECONDS=1800 B=$(B) prove -v --timer --exec tests/lib/run tests/commands/notebooks.t

$(B)/notebooks/order: notebooks/order.c $(HARNESS) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@.o $< && \
	    $(call link_harness,$@.o $(filter %.o,$^))
