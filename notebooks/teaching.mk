# SPDX-License-Identifier: MIT
# teaching.mk - what a teacher asks for.  Read after the Makefile.

DEPS_TEACH := python3-markdown
DEPS_TEST += $(DEPS_TEACH)

override FAMILY := $(value FAMILY)
export FAMILY

.PHONY: slides

### Teach

## a deck of 90 minutes for each family, and what to say
##   FAMILY=leaks  RUN=results/...
slides:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_TEACH),$(B)/twinbench)
	$(Q)$(PYTHON) notebooks/teaching/slides.py --words $(B)/twinbench $(if $(RUN),--run $(RUN)) "$$FAMILY"
