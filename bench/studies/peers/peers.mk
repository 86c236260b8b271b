# SPDX-License-Identifier: MIT
# The runtime's primitives, priced in one interleaved run.

DEPS_PEERS := build-essential golang-go libboost-fiber-dev libgc-dev python3
PEERS      := $(addprefix $(B)/peers/,twin go boost pthread)

.PHONY: peers flat

### Compare with others

## the runtime beside Go, Boost.Fiber and threads: two minutes
##   REPS=n  ROWS='yield round-trip'
peers:
	$(call ready,$(DEPS_PEERS),$(PEERS))
	$(Q)$(PYTHON) bench/studies/peers/peers.py $(if $(REPS),--reps $(REPS)) $(B)/peers results/peers.csv $(ROWS)

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

$(B)/peers/go: bench/studies/peers/peer.go bench/go/measure.go
	$(call say,GO,$<)$(GO_BUILD)
