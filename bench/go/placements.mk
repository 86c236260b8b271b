# SPDX-License-Identifier: MIT
# The Go twins at other places in memory (bench/process/placements.mk has C's).
#
# It is the program that holds all of them (go.mk), compiled once and linked again and again; Go's linker
# orders the functions anew for each -randlayout=SEED.  One that does not know that, before
# Go 1.23, makes none, and Go is measured in one placement.  A program has 4 MB: so there are
# half as many as in C, and in a long run of a pair they come again.  Of several releases the
# newest alone is measured in full, and alone has placements.  What imports net has one place.

GO_PLACEMENTS := 32

GO_NEWEST := $(shell printf '%s\n' $(GOS) | sort -V | tail -n 1)
GO_PLACED := $(foreach n,$(shell seq $(GO_PLACEMENTS)),$(B)/$(GO_NEWEST)/placements/$(n))

.PHONY: go-placements

placements: go-placements

go-placements: go-twins
	+$(Q)[ ! -e $(B)/$(GO_NEWEST)/release ] || ! $(call go_with,$(GO_NEWEST)) tool link -help 2>&1 | grep -q randlayout || \
	    $(MAKE) --no-print-directory $(B)/$(GO_NEWEST)/placements/complete

ifneq ($(GO_NEWEST),)
$(B)/$(GO_NEWEST)/placements/complete: $(GO_PLACED)
	$(Q)echo $(GO_PLACEMENTS) $(call go_version,$(GO_NEWEST)) > $@

$(B)/$(GO_NEWEST)/placements/src/main.go: bench/go/placements.sh $(B)/$(GO_NEWEST)/release
	$(call say,GO,$@)rm -rf $(@D) $(B)/$(GO_NEWEST)/placements/complete && \
	    sh $< $(@D) $(B)/go/columns.go $(TREE) $(GO_PLAIN_TIPS) && printf 'module twins\n\ngo %s\n' $(GO_NEWEST:go%=%) > $(@D)/go.mod

$(GO_PLACED): $(B)/$(GO_NEWEST)/placements/src/main.go
	$(call say,GO,$@)cd $(<D) && $(call go_with,$(GO_NEWEST)) build -buildvcs=false -ldflags='-s -w -randlayout=$(@F)' -o ../$(@F)
endif
