# SPDX-License-Identifier: MIT
# make placements: the same code at other places in memory, see bench/README.md.
#
# A placement is the whole program, linked once more from what moves - the twins, the runtime
# and the loop around a twin - in an order of its own.  The loops inside a function move only
# with what stands before them in it, so the twins and the runtime are compiled twice more, with
# other padding before loops, and each placement takes each object from one of the three.  Why
# as many as this: run/plan.c.

PLACEMENTS := 64
PLACED     := $(foreach n,$(shell seq $(PLACEMENTS)),$(B)/placements/$(n))
MOVES      := $(PATTERNS) $(RUNTIME) $(filter $(B)/bench/inside/%,$(BENCH))
PADDED     := $(filter %/bad.o %/good.o,$(PATTERNS)) $(RUNTIME)
PADDINGS   := loops-1 loops-32
NO_DEBUG   := -Wl,-S

.PHONY: placements

### Measure

## the twins at 64 places in memory; `make bench` does it
placements: $(if $(filter-out $(GO_ALONE),$(NAMES)),$(B)/placements/complete)

# The last thing to be made.  What links build/twinbench takes it away: its placements are those
# of another program then.
$(B)/placements/complete: $(B)/twinbench $(PLACED)
	$(Q)echo $(PLACEMENTS) > $@

$(PLACED): bench/process/placement.awk $(BENCH) $(PATTERNS) $(RUNTIME) \
           $(foreach p,$(PADDINGS),$(PADDED:$(B)/%=$(B)/placements/$(p)/%))
	$(call say,PLACE,$@)$(call link_harness,$(NO_DEBUG) $(filter-out $(MOVES),$(BENCH)) \
	    $$(awk -f $< -v seed=$(@F) -v build=$(B) -v paddings='$(PADDINGS)' $(MOVES)))

# $(call padded,how): what is compiled with other padding.
define padded
$(B)/placements/$(1)/patterns/%.o: $(TREE)/%.c | $(MESSAGES:=.c)
	$$(call say,CC,$$@)mkdir -p $$(@D) && $$(CC) $$(CPPFLAGS) $$(CFLAGS) -g0 -falign-$(subst -,=,$(1)) \
	    -DTHIS=$$(subst -,_,$$(subst /,_,$$*)) -c -o $$@ $$<

$(B)/placements/$(1)/%.o: %.c
	$$(call say,CC,$$@)mkdir -p $$(@D) && $$(CC) $$(CPPFLAGS) $$(CFLAGS) -g0 -falign-$(subst -,=,$(1)) -c -o $$@ $$<
endef
$(foreach p,$(PADDINGS),$(eval $(call padded,$(p))))
