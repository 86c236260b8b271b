# SPDX-License-Identifier: MIT
# grade.mk - grading: read after the Makefile.  What a student's file is linked with
# is made here; notebooks/grade.py compiles the file itself, inside a sandbox.

.PHONY: grade grade-all grade-objects grade-libraries fairness
DEPS_GRADE := bubblewrap python3 binutils

### Grade

## a student's file as a third twin: 100 points
##   TIP=family/tip  SRC=file.c  JSON=out.json
grade:
	$(Q)[ -n '$(TIP)' ] && [ -n '$(SRC)' ] || { echo "twinbench: make grade TIP=family/tip SRC=file.c [JSON=out.json]" >&2; exit 2; }
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE),$(B)/twinbench >&2)
	$(Q)B=$(B) $(PYTHON) notebooks/grade.py '$(TIP)' '$(SRC)' $(if $(JSON),--json '$(JSON)')

## a class: DIR/<student>/<family>-<tip>.c into a gradebook
##   DIR=folder
grade-all:
	$(Q)[ -n '$(DIR)' ] || { echo "twinbench: make grade-all DIR=folder; in it <student>/<family>-<tip>.c" >&2; exit 2; }
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE),$(B)/twinbench >&2)
	$(Q)B=$(B) $(PYTHON) notebooks/grade.py --all '$(DIR)'

## every good and bad twin graded again and again: hours
##   ROUNDS=100  TIP=family/tip
fairness:
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(B)/twinbench >&2
	$(Q)B=$(B) nice $(PYTHON) notebooks/fairness.py $(or $(ROUNDS),100) $(TIP)

# Everything of the harness that `one` needs, as one object.
$(B)/harness.o: $(B)/notebooks/student.o \
                $(addprefix $(B)/bench/,cmd/measure_one.o cmd/args.o cmd/nearest.o show/wrap_text.o \
                  $(addprefix inside/,csv.o drive.o executor.o gbench.o hist.o median.o probe.o tips.o words.o)) $(RUNTIME) \
                notebooks/grade.mk
	$(call say,LD,$@)$(LD) -r -o $@ $(filter %.o,$^)

# A tip's objects, plain and for the sanitizers that are here.
GRADE_TOOLS := asan $(if $(wildcard /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan-*.a),tsan)
GRADE_asan  := EXTRA='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
GRADE_tsan  := EXTRA=-fsanitize=thread CC=clang CXX=clang++

grade-objects: $(B)/harness.o $(B)/patterns/$(TIP)/tip.o
	$(Q)for tool in $(GRADE_TOOLS); do \
	    $(MAKE) --no-print-directory -j$$(nproc) grade-objects-$$tool || exit; done

grade-objects-%:
	$(Q)$(MAKE) --no-print-directory B=$(B)/grade-$* OPT=-O1 $(GRADE_$*) \
	    $(B)/grade-$*/harness.o $(B)/grade-$*/patterns/$(TIP)/tip.o

grade-libraries:
	@echo $(LDLIBS)
