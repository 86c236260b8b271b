# SPDX-License-Identifier: MIT
# The runtime's primitives, priced in one interleaved run.

DEPS_PEERS := build-essential $(DEPS_GO) libboost-fiber-dev libgc-dev python3

# Those that GO or GO_RELEASES choose; else the newest here and that of the system's packages.
PEER_GOS := $(if $(GO)$(GO_RELEASES),$(GOS),$(sort $(GO_NEWEST) \
              $(firstword $(foreach g,$(GOS),$(if $(filter /usr/bin/% /usr/lib/%,$(call go_command,$(g))),$(g))))))
PEERS    := $(addprefix $(B)/peers/,twin $(PEER_GOS) boost pthread)

.PHONY: peers flat

### Compare with others

## the runtime beside each Go, Boost.Fiber, threads: 4 minutes
##   REPS=n  ROWS='yield round-trip'  GO_RELEASES='1.19 1.27'
peers:
	$(say_go)
	$(call ready,$(DEPS_PEERS),peers-run)

# A make of its own, which finds the Go that was just installed.
peers-run: $(PEERS) FORCE
	$(Q)$(PYTHON) bench/studies/peers/peers.py $(if $(REPS),--reps $(REPS)) $(PEER_GOS:%=--go %) \
	    $(B)/peers results/peers.csv $(ROWS)

## the runtime alone, among 10 to 1,000,000 parked tasks
##   REPS=n
flat:
	$(call ready,build-essential libgc-dev python3,$(B)/peers/twin)
	$(Q)mkdir -p results && $(PYTHON) bench/studies/peers/flat.py $(if $(REPS),--reps $(REPS)) $(B)/peers results/flat.csv

$(B)/peers/twin: $(B)/bench/studies/peers/twin.o $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(B)/peers/pthread: $(B)/bench/studies/peers/pthread.o
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CFLAGS) -o $@ $^

$(B)/peers/boost: bench/studies/peers/boost.cc bench/studies/peers/rows.h
	$(call say,CXX,$<)mkdir -p $(@D) && $(CXX) $(CXXFLAGS) -o $@ $< -lboost_fiber -lboost_context

# Each Go builds its own.
define PEER_GO
$(B)/peers/$(1): bench/studies/peers/peer.go bench/go/measure.go $(B)/$(1)/version
	$$(call say,GO,$$@)mkdir -p $$(@D) && $$(call go_build,$(1))
endef
$(foreach g,$(PEER_GOS),$(eval $(call PEER_GO,$(g))))
