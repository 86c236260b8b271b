# SPDX-License-Identifier: MIT

DEPS_SLURM := slurmctld slurmd slurm-client munge

.PHONY: test-slurm

### Prove

## fleets and a class on a Slurm that is all on this machine
test-slurm:
	$(call ready,$(DEPS_BUILD) $(DEPS_SLURM) $(DEPS_GRADE) python3-jsonschema,$(B)/twinbench)
	+$(Q)$(MAKE) -s --no-print-directory grade-objects TIP=leaks/range-unclosed
	$(Q)B=$(B) SLURM_ALL=1 TEST_SECONDS=1200 prove -v --timer --exec tests/lib/run tests/fleet/slurm.t tests/fleet/grade_slurm.t tests/fleet/apart.t
