# SPDX-License-Identifier: MIT
# make go: the Go twins.  Each twin is its own package main: its scene, itself and the
# driver are put into a folder and built there, offline and without modules.

GO_TIPS  := $(sort $(patsubst patterns/%/bad.go,%,$(wildcard patterns/*/*/bad.go)))
GO_TWINS := $(foreach t,$(GO_TIPS),$(B)/go/$(t)/bad $(B)/go/$(t)/good)

# "1.24.4", of the Go in PATH; nothing if there is none, or none that knows its own version.
GO_RELEASE := $(shell go env GOVERSION 2>/dev/null | sed -n '1s/.*\bgo\([0-9][0-9a-z.]*\).*/\1/p')

.PHONY: go go-if-it-works

### Compare with others

## the twins in real Go, built; installs a Go if there is none
go:
	$(Q)command -v go > /dev/null || bench/deps.sh golang-go
	$(Q)$(MAKE) --no-print-directory $(B)/twinbench-go

# Go is not needed: one that does not work is said to be so, and C goes on.  Without a release
# no twin in Go is run, so none is that this Go has not built.
go-if-it-works:
ifneq ($(GO_RELEASE),)
	+$(Q)$(MAKE) -q --no-print-directory $(B)/twinbench-go 2>/dev/null || { mkdir -p $(B)/go; \
	    $(MAKE) --no-print-directory $(B)/twinbench-go 2>$(B)/go/said || { rm -f $(B)/go/release; \
	    echo "twinbench: Go $(GO_RELEASE) does not build the twins, so only C is measured; it says:" \
	         "$$(grep -v -m 1 '^make\|^#' $(B)/go/said)" >&2; }; }
else
	$(Q)[ ! -e $(B)/go/release ] || rm -f $(B)/go/release
	$(Q)! command -v go >/dev/null || \
	    echo "twinbench: this Go does not say its version (go env GOVERSION), so only C is measured" >&2
endif

# Another toolchain builds them again.
ifneq ($(file <$(B)/go/release),$(GO_RELEASE))
$(B)/go/release: FORCE
endif
$(B)/go/release:
	$(Q)mkdir -p $(@D) && echo $(GO_RELEASE) > $@

$(B)/twinbench-go: bench/go/twinbench-go.sh $(GO_TWINS)
	$(Q)rm -f $(B)/go/placements/complete
	$(call say,GO,$@)cp $< $@ && chmod +x $@

# The names of the columns, from the tables in C.
$(B)/go/columns.go: bench/go/columns.awk bench/inside/probe.h bench/inside/executor.c
	$(Q)mkdir -p $(@D) && awk -f $^ > $@.new && mv $@.new $@

# $(GO_BUILD) makes a program of the target's .go files, wherever they are.
GO_BUILD = rm -rf $@.src && mkdir -p $@.src && cp $(filter %.go,$^) $@.src && cd $@.src && \
           GO111MODULE=off GOPROXY=off GOFLAGS= go build -o ../$(@F)

define GO_TWIN
$(B)/go/$(1)/$(2): patterns/$(1)/scene.go patterns/$(1)/$(2).go bench/go/driver.go bench/go/measure.go $(B)/go/columns.go $(B)/go/release
	$$(call say,GO,$$@)$$(GO_BUILD)
endef
$(foreach t,$(GO_TIPS),$(foreach w,bad good,$(eval $(call GO_TWIN,$(t),$(w)))))
