# SPDX-License-Identifier: MIT
# grading.mk - grading.  What a student's file is linked with
# is made here; notebooks/grader compiles the file itself, behind a fence.
#
# SRC, DIR, JSON and TIP are names from outside.  No shell and no make ever reads what is in them:
# the Makefile's first lines take them as they are, and they travel in the environment.

.PHONY: grade grade-all grade-objects grade-libraries hostile drill fairness
DEPS_GRADE := bubblewrap python3 python3-seccomp python3-pyelftools binutils
DEPS_TEST += $(DEPS_GRADE)

### Grade

## a student's file as a third twin: 100 points
##   TIP=family/tip  SRC=file.c  JSON=out.json
grade:
	$(Q)[ -n "$$TIP" ] && [ -n "$$SRC" ] || { echo "twinbench: make grade TIP=family/tip SRC=file.c [JSON=out.json]" >&2; exit 2; }
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE),$(B)/twinbench >&2)
	$(Q)B=$(B) $(PYTHON) notebooks/grader $${JSON:+--json="$$JSON"} -- "$$TIP" "$$SRC"

## a class: DIR/<student>/<family>-<tip>.c into a gradebook
##   DIR=folder  J=4  SHARD=3/10
##   ON=slurm  PARTITION=name  SHARDS=8: on a cluster
grade-all:
	$(Q)[ -n "$$DIR" ] || { echo "twinbench: make grade-all DIR=folder; in it <student>/<family>-<tip>.c" >&2; exit 2; }
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE),$(B)/twinbench >&2)
	$(Q)[ -z '$(filter-out slurm,$(ON))' ] || { echo "twinbench: ON=slurm, or nothing, not ON=$(ON)" >&2; exit 2; }
	$(Q)B=$(B) $(PYTHON) $(if $(ON),bench/fleet/grade_all.py "$$DIR" $(if $(PARTITION),--partition $(PARTITION)) $(if $(SHARDS),--shards $(SHARDS)), \
	    notebooks/grader --all="$$DIR" $(if $(SHARD),--shard $(SHARD))) $(if $(J),-j $(J))

## the hostile files: as root, as a user, without a fence
hostile:
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE) perl,$(B)/twinbench >&2)
	$(Q)B=$(B) GRADE_ALL=1 TEST_SECONDS=20000 prove --timer --exec tests/lib/run \
	    tests/grade/lazy.t tests/grade/hostile.t tests/grade/fence.t tests/grade/texts.t tests/grade/settings.t

## a class graded amid kill -9, full disks and a load of 40
##   N=1000
drill:
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE) perl,$(B)/twinbench >&2)
	$(Q)B=$(B) DRILL=$(or $(N),1000) DRILL_LOAD=40 DRILL_JOBS=16 TEST_SECONDS=40000 prove -v --timer --exec tests/lib/run tests/grade/drill.t

## every file with known points graded again and again: hours
##   ROUNDS=100  TIP=family/tip  J=4
fairness:
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(B)/twinbench >&2
	$(Q)B=$(B) nice $(PYTHON) notebooks/grader/fairness.py $(or $(ROUNDS),100) $(TIP) $(if $(J),-j $(J))

# Everything of the harness that `one` needs, as one object.  It is linked with every file that is
# graded, and who is graded needs no lines of it: but a race is his only if no frame of the runtime
# stands before his (reports.py), which the lines tell.
$(B)/harness.o: $(B)/notebooks/grader/confined_main.o \
                $(addprefix $(B)/bench/,cmd/measure_one.o cmd/args.o cmd/nearest.o say/units.o show/wrap_text.o \
                  $(addprefix inside/,csv.o drive.o executor.o gbench.o hist.o median.o sample.o tips.o words.o write_whole.o)) $(RUNTIME) \
                notebooks/grading.mk
	$(call say,LD,$@)$(LD) -r $(if $(filter %/grade-tsan,$(B)),,--strip-debug) -o $@ $(filter %.o,$^)

# A tip's objects: plain, with its calls counted, and for the sanitizers that are here.
GRADE_TOOLS := work address $(if $(wildcard /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan-*.a),tsan)
GRADE_work  := EXTRA='-finstrument-functions -finstrument-functions-exclude-file-list=runtime/,/usr/'
GRADE_address := EXTRA='-fsanitize=address,undefined -fsanitize-undefined-trap-on-error -fno-omit-frame-pointer'
GRADE_tsan  := EXTRA=-fsanitize=thread CC=clang CXX=clang++

grade_objects = $(MAKE) --no-print-directory -j$$(nproc) B=$(B)/grade-$(1) OPT=-O1 $(GRADE_$(1)) \
    $(if $(filter work,$(1)),,$(B)/grade-$(1)/harness.o) $(B)/grade-$(1)/patterns/$(TIP)/tip.o

grade-objects: $(B)/harness.o $(addprefix $(B)/patterns/$(TIP)/,tip.o bad.o good.o)
	$(Q)$(foreach tool,$(GRADE_TOOLS),$(call grade_objects,$(tool)) &&) :

grade-objects-%:
	$(Q)$(call grade_objects,$*)

grade-libraries:
	@echo $(LDLIBS)
