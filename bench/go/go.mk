# SPDX-License-Identifier: MIT
# make go: the Go twins.  Each twin is its own package main: its scene, itself and the
# driver are put into a folder and built there, offline and without modules.

GO_TIPS  := $(sort $(patsubst patterns/%/bad.go,%,$(wildcard patterns/*/*/bad.go)))
GO_TWINS := $(foreach t,$(GO_TIPS),$(B)/go/$(t)/bad $(B)/go/$(t)/good)

.PHONY: go

### Compare with others

## the twins in real Go, built; installs a Go if there is none
go:
	$(Q)command -v go > /dev/null || bench/deps.sh golang-go
	$(Q)$(MAKE) --no-print-directory $(B)/twinbench-go

# Another toolchain builds them again.
$(B)/go/release: FORCE
	@mkdir -p $(@D); go env GOVERSION | sed 's/.*go\([0-9]\)/\1/' > $@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(B)/twinbench-go: bench/go/twinbench-go.sh $(GO_TWINS)
	$(call say,GO,$@)cp $< $@ && chmod +x $@

# The names of the columns, in the order of the one table that has them.
$(B)/go/columns.go: bench/inside/probe.h
	$(Q)mkdir -p $(@D) && { echo 'package main'; echo 'var driveColumns = []string{'; \
	    sed -n 's/^    COLUMN(\([a-z0-9_]*\), .*/"\1",/p' $<; echo '}'; } > $@

# A program of these files, which need not be in one folder.
GO_BUILD = rm -rf $@.src && mkdir -p $@.src && cp $(filter %.go,$^) $@.src && cd $@.src && \
           GO111MODULE=off GOPROXY=off GOFLAGS= go build -o ../$(@F)

define GO_TWIN
$(B)/go/$(1)/$(2): patterns/$(1)/scene.go patterns/$(1)/$(2).go bench/go/driver.go bench/go/measure.go $(B)/go/columns.go $(B)/go/release
	$$(call say,GO,$$@)$$(GO_BUILD)
endef
$(foreach t,$(GO_TIPS),$(foreach w,bad good,$(eval $(call GO_TWIN,$(t),$(w)))))
