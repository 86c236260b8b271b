# SPDX-License-Identifier: MIT

.PHONY: test-environments

### Prove

## other people's settings, small machines, missing tools: a row each, ten minutes, as root
##   ONLY=word of a row  README=1 to write tests/environments/README.md
test-environments:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) clang,all)
	$(Q)B=$(B) $(PYTHON) tests/environments/environments.py $(if $(ONLY),--only '$(ONLY)') $(if $(README),--readme)
