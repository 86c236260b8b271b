# SPDX-License-Identifier: MIT

.PHONY: test-distros
SUITES ?= bookworm trixie

### Prove

## both commands of the README on bare Debian 12 and 13, made from nothing: an hour, as root
##   SUITES=trixie  COMMANDS='make bench QUICK=1; make check'  KEEP=1
test-distros:
	$(Q)B=$(B) tests/distros/run $(SUITES)
