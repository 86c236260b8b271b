# SPDX-License-Identifier: MIT
# What three tools say of a slow-down of known size: bench/studies/experiment/README.md

.PHONY: experiment

### Compare with others

## three tools beside slow-downs of known size
##   RUNS=100 of each
experiment:
	$(call ready,$(DEPS_BUILD) hyperfine libbenchmark-tools python3-scipy,$(B)/experiment/experiment)
	$(Q)$(PYTHON) bench/studies/experiment/experiment.py $(if $(RUNS),--runs $(RUNS)) $(B)/experiment/experiment results/experiment

$(B)/experiment/experiment: $(B)/bench/studies/experiment/experiment.o $(HARNESS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(call link_harness,$^)
