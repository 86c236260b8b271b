# SPDX-License-Identifier: MIT
# make experiment: what three tools say of a slow-down of known size, idle and under
# load.   RUNS=100 (of each)   It goes on where it was; see bench/studies/experiment/README.md

.PHONY: experiment
experiment:
	$(Q)bench/deps.sh $(DEPS_BUILD) hyperfine libbenchmark-tools python3-scipy
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(B)/experiment/experiment
	$(Q)$(PYTHON) bench/studies/experiment/experiment.py $(if $(RUNS),--runs $(RUNS)) $(B)/experiment/experiment results/experiment

$(B)/experiment/experiment: $(B)/bench/studies/experiment/experiment.o $(HARNESS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CXX) $(CXXFLAGS) -o $@ $^ -lbenchmark -lmicrohttpd $(LDLIBS)
