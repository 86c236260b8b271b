# SPDX-License-Identifier: MIT

.PHONY: test-distros test-container
SUITES ?= bookworm trixie

### Prove

## the README's two commands on bare Debian 12 and 13; as root
##   SUITES='noble resolute'  of Ubuntu 24.04 and 26.04
##   COMMANDS='make all; make check'  KEEP=1
test-distros:
	$(Q)B=$(B) tests/distros/run $(SUITES)

## the steps of the Containerfile, without an engine
test-container:
	$(Q)B=$(B) COMMANDS="$$(sed -n 's/^RUN //p' Containerfile | paste -sd ';'); make bench QUICK=1 TIP=leaks/range-unclosed" \
	    tests/distros/run $$(sed -n 's/^FROM debian://p' Containerfile)
