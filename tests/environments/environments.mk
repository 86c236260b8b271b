# SPDX-License-Identifier: MIT

.PHONY: test-environments

### Prove

## settings of others, small machines, missing tools; as root
##   ONLY=word of a row  README=1 to write its page
##   WHOLE_MACHINE=1 what sets the whole machine, too
test-environments:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) clang,all)
	$(Q)B=$(B) $(PYTHON) tests/environments/environments.py $(if $(ONLY),--only '$(ONLY)') $(if $(README),--readme) $(if $(WHOLE_MACHINE),--machine)
