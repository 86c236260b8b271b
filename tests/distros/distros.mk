# SPDX-License-Identifier: MIT
# make test-distros: the README's two commands on bare releases of Debian; half an hour, as root.
# SUITES=trixie for one; COMMANDS='make bench QUICK=1 TIP=leaks/range-unclosed' for a first look.

SUITES ?= bookworm trixie

.PHONY: test-distros
test-distros:
	$(Q)B=$(B) tests/distros/run $(SUITES)
