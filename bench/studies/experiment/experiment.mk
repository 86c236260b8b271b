# SPDX-License-Identifier: MIT
# What three tools say of a slow-down of known size: bench/studies/experiment/README.md

.PHONY: experiment ab-study

### Compare with others

## three tools beside slow-downs of known size
##   RUNS=100 of each
experiment:
	$(call ready,$(DEPS_BUILD) hyperfine libbenchmark-tools python3-scipy,$(B)/experiment/experiment)
	$(Q)$(PYTHON) bench/studies/experiment/experiment.py $(if $(RUNS),--runs $(RUNS)) $(B)/experiment/experiment results/experiment

## `twinbench ab` beside hyperfine, compare.py and benchstat
##   RUNS=200  BUSY=15  BUDGET=60s  MOST=96  EFFECTS='0 10'
##   TOOLS=ab
ab-study:
	$(call ready,$(DEPS_BUILD) hyperfine libbenchmark-tools python3-scipy,$(B)/twinbench $(B)/experiment/experiment $(B)/experiment/pair)
	$(Q)$(PYTHON) bench/studies/experiment/ab_study.py $(B)/twinbench $(B)/experiment/experiment \
	    $(B)/experiment/pair results/experiment \
	    $(if $(RUNS),--runs $(RUNS)) $(if $(BUSY),--busy $(BUSY)) $(if $(BUDGET),--budget $(BUDGET)) \
	    $(if $(MOST),--most $(MOST)) $(if $(EFFECTS),--effects $(EFFECTS)) \
	    $(if $(TOOLS),--tools $(TOOLS))

$(B)/experiment/experiment: $(B)/bench/studies/experiment/experiment.o $(HARNESS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(call link_harness,$^)

$(B)/experiment/pair: bench/studies/experiment/pair.cc
	$(call say,LINK,$@)mkdir -p $(@D) && $(CXX) $(CXXFLAGS) -o $@ $< -lbenchmark
