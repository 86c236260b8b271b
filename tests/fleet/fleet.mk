# SPDX-License-Identifier: MIT

DEPS_SLURM := slurmctld slurmd slurm-client munge

.PHONY: test-slurm

### Prove

## fleets on a Slurm of three machines, all of them this one
test-slurm:
	$(call ready,$(DEPS_BUILD) $(DEPS_SLURM),$(B)/twinbench)
	$(Q)B=$(B) prove -v --timer --exec tests/lib/run tests/fleet/slurm.t
