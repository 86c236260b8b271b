# SPDX-License-Identifier: MIT

.PHONY: test-kill

### Prove

## a run, killed in each of its phases and resumed
##   ROUNDS=200
test-kill:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH),all)
	$(Q)B=$(B) ROUNDS=$(or $(ROUNDS),200) TEST_SECONDS=86400 prove -v --exec tests/lib/run tests/commands/kill.t
