# SPDX-License-Identifier: MIT
# The Go twins at other places in memory (bench/process/placements.mk has C's).
#
# One program holds all of them, each in a package of its own, for a program of each twin in
# each placement would be gigabytes.  It is compiled once and linked again and again; Go's linker
# orders the functions anew for each -randlayout=SEED.  One that does not know that, before
# Go 1.23, makes none, and Go is measured in one placement.  A program has 4 MB: so there are
# half as many as in C, and in a long run of a pair they come again.

GO_PLACEMENTS := 32

GO_PLACED := $(foreach n,$(shell seq $(GO_PLACEMENTS)),$(B)/go/placements/$(n))
GO_OFFLINE = GO111MODULE=on GOPROXY=off GOFLAGS= GOTOOLCHAIN=local

.PHONY: go-placements-if-it-works

placements: go-placements-if-it-works

go-placements-if-it-works: go-if-it-works
	+$(Q)[ ! -e $(B)/go/release ] || ! go tool link -help 2>&1 | grep -q randlayout || \
	    $(MAKE) --no-print-directory $(B)/go/placements/complete

$(B)/go/placements/complete: $(GO_PLACED)
	$(Q)echo $(GO_PLACEMENTS) $(GO_RELEASE) > $@

$(B)/go/placements/src/main.go: bench/go/placements.sh $(B)/twinbench-go
	$(call say,GO,$@)rm -rf $(@D) $(B)/go/placements/complete && \
	    sh $< $(@D) $(B)/go/columns.go $(GO_TIPS) && printf 'module twins\n\ngo %s\n' \
	        $$(echo $(GO_RELEASE) | cut -d. -f1,2) > $(@D)/go.mod

$(GO_PLACED): $(B)/go/placements/src/main.go
	$(call say,GO,$@)cd $(<D) && $(GO_OFFLINE) go build -ldflags='-s -w -randlayout=$(@F)' -o ../$(@F)
