# SPDX-License-Identifier: MIT
# make peers: the runtime's primitives beside Go, Boost.Fiber and threads, in one
# interleaved run of about two minutes.   REPS=n   ROWS='yield round-trip'
# make flat: the runtime alone, among 10 to 1,000,000 parked tasks.

DEPS_PEERS := build-essential golang-go libboost-fiber-dev libgc-dev python3
PEERS      := $(addprefix $(B)/peers/,twin go boost pthread)

.PHONY: peers flat
peers:
	$(Q)bench/deps.sh $(DEPS_PEERS)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(PEERS)
	$(Q)$(PYTHON) bench/studies/peers/peers.py $(if $(REPS),--reps $(REPS)) $(B)/peers results/peers.csv $(ROWS)

# The same while ever more tasks live.
flat:
	$(Q)bench/deps.sh build-essential libgc-dev python3
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(B)/peers/twin
	$(Q)mkdir -p results && $(PYTHON) bench/studies/peers/flat.py $(if $(REPS),--reps $(REPS)) $(B)/peers results/flat.csv

$(B)/peers/twin: $(B)/bench/studies/peers/twin.o $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(B)/peers/pthread: $(B)/bench/studies/peers/pthread.o
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CFLAGS) -o $@ $^

$(B)/peers/boost: bench/studies/peers/boost.cc bench/studies/peers/rows.h
	$(call say,CXX,$<)mkdir -p $(@D) && $(CXX) $(CXXFLAGS) -o $@ $< -lboost_fiber -lboost_context

$(B)/peers/go: bench/studies/peers/peer.go bench/go/measure.go
	$(call say,GO,$<)$(GO_BUILD)
