# SPDX-License-Identifier: MIT
# Does an interval cover what other placements find?  bench/studies/placements/placements.c

PLACED_PAIRS := pools/buffer-per-message channels/len-polling defer/lock-hot-path defer/many-tasks

.PHONY: placement-study

### Compare with others

## four pairs in every placement, and what a run says of them
##   ROUNDS=8  CLOCK=wall|cpu  PAIRS="TIP ..."
placement-study:
	$(call ready,$(DEPS_BUILD),placements $(B)/placement-study)
	$(Q)$(B)/placement-study results/placements $(or $(ROUNDS),8) $(or $(CLOCK),wall) \
	    $(or $(PAIRS),$(PLACED_PAIRS))

$(B)/placement-study: $(B)/bench/studies/placements/placements.o $(HARNESS) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)$(call link_harness,$^)
