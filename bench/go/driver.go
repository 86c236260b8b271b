// SPDX-License-Identifier: MIT
//
// driver.go - the inside of one process that runs a Go twin: bench/cmd/measure_one.c and
// bench/inside/drive.c once more, for real goroutines.
//
// It is compiled together with measure.go, one twin and its scene, so every name here
// begins with "drive" and leaves the others to the tips. Requests are numbered, shared
// out and mixed as in C: the column "answer" is equal bit for bit.

package main

import (
	"errors"
	"flag"
	"fmt"
	"io/ioutil"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// What the command line sets for one run; see struct params in pattern.h.
type params struct {
	ops, size, clients, rate, workers, seed uint64
}

// Counts by column. A scene's probe puts in what only it knows.
type sample map[string]int64

// What is the same in every row, besides what driveTold names: go.mk makes both lists of the
// tables in C. Every other column is empty, which is not 0, unless the scene knows it.
var driveSettings = []string{"ops", "size", "clients", "rate", "workers", "seed", "block", "slot", "placement"}

type driveRun struct {
	words    map[string]string // columns that are words
	p        params
	scene    *scene
	answers  uint64 // atomic
	counts   sample
	measured map[string]float64
}

// splitmix64's finalizer, as in drive.c.
func driveMix(x uint64) uint64 {
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

func (r *driveRun) request(k uint64) uint64 {
	i := r.p.seed + k
	return driveMix(driveMix(i+0x9e3779b97f4a7c15) ^ op(r.scene, i))
}

// Closed loop: requests first to first + n - 1; the seconds until the last one
// was served.
func (r *driveRun) serve(first, n uint64) float64 {
	var served sync.WaitGroup
	start := time.Now()
	served.Add(int(r.p.clients))
	for c := uint64(0); c < r.p.clients; c++ {
		go func(next uint64) {
			var sum uint64
			for ; next < first+n; next += r.p.clients {
				sum += r.request(next)
			}
			atomic.AddUint64(&r.answers, sum)
			served.Done()
		}(first + c)
	}
	served.Wait()
	return time.Since(start).Seconds()
}

// --- before and after ---

type driveReading struct {
	goroutines  int
	descriptors int
	rss         float64
	memory      runtime.MemStats
}

func driveRead() *driveReading {
	r := &driveReading{rss: driveRss(), descriptors: driveDescriptors()}
	runtime.ReadMemStats(&r.memory)
	r.goroutines = runtime.NumGoroutine()
	return r
}

// Reading for the first time brings in the pages of the code that reads.
func driveReadBefore() *driveReading {
	runtime.Gosched()
	driveRead()
	return driveRead()
}

// Up to 20 polls, 1 us to 100 ms apart, until no more is alive than before.
func driveQuiesce(before *driveReading) {
	pause := time.Microsecond
	for poll := 0; poll < 20; poll++ {
		time.Sleep(pause)
		if runtime.NumGoroutine() <= before.goroutines {
			return
		}
		if pause *= 2; pause > 100*time.Millisecond {
			pause = 100 * time.Millisecond
		}
	}
}

func (r *driveRun) fillAsIs(before *driveReading) {
	after := driveRead()
	a, b := &before.memory, &after.memory
	r.counts["tasks"] = int64(after.goroutines - before.goroutines)
	r.counts["descriptors"] = int64(after.descriptors - before.descriptors)
	r.counts["gc_cycles"] = int64(b.NumGC - a.NumGC)
	r.counts["gc_bytes"] = int64(b.TotalAlloc - a.TotalAlloc)
	r.counts["answer"] = int64(r.answers)
	r.measured["gc_pause_ns"] = float64(b.PauseTotalNs - a.PauseTotalNs)
	r.measured["gc_heap_bytes"] = float64(b.HeapSys)
	r.measured["rss_before_bytes"] = before.rss
	r.measured["rss_bytes"] = after.rss
	r.measured["rss_peak_bytes"] = math.Max(after.rss, driveMemory("/proc/self/status", "VmHWM:"))
	if s, ok := any(r.scene).(interface{ probe(sample) }); ok {
		s.probe(r.counts)
	}
	r.words["outcome"] = "OK"
}

func (r *driveRun) fill(before *driveReading) {
	driveQuiesce(before)
	r.fillAsIs(before)
	if leaked := driveLeaked(); leaked >= 0 { // last, for it is a collection
		r.counts["leaked"] = int64(leaked)
	}
}

// Growth is what is held: garbage is no leak, and C's free() leaves none either. What
// the heap needs for its own books grows with the garbage that it once saw, so as many
// requests are served before, and leave it as large. Only here, because a collection
// empties the pools that a count may be about.
func (r *driveRun) grow() {
	r.serve(r.p.ops, r.p.ops)
	r.answers = 0
	debug.FreeOSMemory()
	before := driveReadBefore()
	r.serve(0, r.p.ops)
	driveQuiesce(before)
	debug.FreeOSMemory()
	r.fillAsIs(before)
}

// --- the instruments ---

func (r *driveRun) count() {
	before := driveReadBefore()
	r.serve(0, r.p.ops)
	r.fill(before)
}

const driveWarmUps, driveBatches = 1, 4

// The median of the batches after the warm-up, in ns for one of n requests.
func driveNsEach(seconds []float64, n uint64) float64 {
	return driveMedian(seconds[driveWarmUps:]) * 1e9 / float64(n)
}

func (r *driveRun) time() {
	var wall, cpu []float64
	before := driveReadBefore()
	for batch := uint64(0); batch < driveWarmUps+driveBatches; batch++ {
		start := driveCPU()
		wall = append(wall, r.serve(batch*r.p.ops, r.p.ops))
		cpu = append(cpu, driveCPU()-start)
	}
	r.fillAsIs(before)
	r.measured["wall_ns"] = driveNsEach(wall, r.p.ops)
	r.measured["cpu_ns"] = driveNsEach(cpu, r.p.ops)
}

func (r *driveRun) fillLatency(took []time.Duration) {
	var apart [2][]time.Duration // served, refused
	for k, t := range took {
		which := 0
		if driveRefused[k] {
			which = 1
		}
		apart[which] = append(apart[which], t)
	}
	for _, each := range apart {
		sort.Slice(each, func(a, b int) bool { return each[a] < each[b] })
	}
	for name, of := range map[string]struct {
		which int
		share float64
	}{"p50_ns": {0, 0.5}, "p90_ns": {0, 0.9}, "p99_ns": {0, 0.99}, "p999_ns": {0, 0.999}, "max_ns": {0, 1},
		"refused_p50_ns": {1, 0.5}, "refused_p99_ns": {1, 0.99}} {
		if each := apart[of.which]; len(each) > 0 {
			r.measured[name] = float64(each[int(math.Ceil(of.share*float64(len(each))))-1])
		}
	}
}

// Which of the requests of an open loop were turned away, and the number of the first.
var driveRefused []bool
var driveFirst uint64

// As op_refused() of patterns/pattern.h.
func opRefused(i uint64) {
	if k := i - driveFirst; k < uint64(len(driveRefused)) {
		driveRefused[k] = true
	}
}

// Open loop: a goroutine a request, started at its intended time or as soon after
// as this one gets to run; latency counts from the intended time.
func (r *driveRun) rate() {
	var served sync.WaitGroup
	took := make([]time.Duration, r.p.ops)
	driveRefused, driveFirst = make([]bool, r.p.ops), r.p.seed
	before := driveReadBefore()
	start := time.Now()
	served.Add(len(took))
	for k := range took {
		intended := start.Add(time.Duration(float64(k) * 1e9 / float64(r.p.rate)))
		time.Sleep(time.Until(intended))
		go func(k int) {
			answer := r.request(uint64(k))
			took[k] = time.Since(intended)
			atomic.AddUint64(&r.answers, answer)
			served.Done()
		}(k)
	}
	served.Wait()
	seconds := time.Since(start).Seconds()
	r.fill(before)
	r.fillLatency(took)
	r.measured["goodput"] = float64(int64(len(took))-r.counts["dropped"]) / seconds
}

// --- the row ---

func (r *driveRun) settings() {
	p := &r.p
	for name, value := range map[string]uint64{"ops": p.ops, "size": p.size, "clients": p.clients,
		"rate": p.rate, "workers": p.workers, "seed": p.seed} {
		r.counts[name] = int64(value)
	}
}

func (r *driveRun) field(name string) string {
	if words, ok := r.words[name]; ok {
		return words
	}
	if value, ok := r.measured[name]; ok {
		return strconv.FormatFloat(value, 'g', 17, 64)
	}
	if value, ok := r.counts[name]; ok {
		return strconv.FormatInt(value, 10)
	}
	return ""
}

// The row brings its header: who reads it may know other columns.
func (r *driveRun) row() string {
	var fields []string
	for _, name := range driveColumns {
		fields = append(fields, r.field(name))
	}
	return strings.Join(driveColumns, ",") + "\n" + strings.Join(fields, ",") + "\n"
}

func (r *driveRun) print() {
	for _, name := range driveColumns {
		if value := r.field(name); value != "0" && value != "" {
			fmt.Printf("%-17s %s\n", name, value)
		}
	}
	fmt.Println("\nWhat is not shown is 0, or Go does not know it.")
}

// A probe that misspells its column would be lost without a word.
func (r *driveRun) checkColumns() {
	known := map[string]bool{}
	for _, name := range driveColumns {
		known[name] = true
	}
	for name := range r.counts {
		if !known[name] {
			panic("no column is called " + name)
		}
	}
}

func (r *driveRun) report(fd int) {
	r.checkColumns()
	if fd < 0 {
		r.print()
	} else if _, err := os.NewFile(uintptr(fd), "--row-fd").WriteString(r.row()); err != nil {
		driveFail(1, "%v", err)
	}
}

// --- the command line ---

func (r *driveRun) instrument(kind string) func() {
	switch kind {
	case "count":
		return r.count
	case "slope":
		return r.grow
	case "time", "curve":
		return r.time
	case "rate":
		return r.rate
	}
	driveFail(2, "--kind must be count, slope, time, rate or curve, not '%.60s'", kind)
	return nil
}

func driveParse(p *params, kind *string, fd *int) {
	f := flag.NewFlagSet("one TIP bad|good|null [flags]", flag.ContinueOnError)
	f.Uint64Var(&p.ops, "ops", 256, "requests in all")
	f.Uint64Var(&p.size, "size", 1, "how much one request does")
	f.Uint64Var(&p.clients, "clients", 4, "goroutines that make requests")
	f.Uint64Var(&p.rate, "rate", 0, "requests a second; 0: closed loop")
	f.Uint64Var(&p.workers, "workers", 1, "GOMAXPROCS")
	f.Uint64Var(&p.seed, "seed", 0, "added to the requests' numbers")
	f.StringVar(kind, "kind", "", "count, slope, time, rate or curve")
	f.IntVar(fd, "row-fd", -1, "write a CSV row there, print nothing")
	f.SetOutput(ioutil.Discard)
	err := f.Parse(os.Args[4:])
	if errors.Is(err, flag.ErrHelp) {
		f.SetOutput(os.Stdout)
		f.Usage()
		os.Exit(0)
	} else if err != nil {
		driveFail(2, "one: %v", err)
	} else if f.NArg() > 0 {
		driveFail(2, "one: unexpected argument '%.60s'", f.Arg(0))
	}
}

// Called after the last request, while the scene is still there; a study has more to do here.
var driveLook = func() {}

func main() {
	if len(os.Args) < 4 {
		driveFail(2, "this is run by twinbench-go: one TIP bad|good|null [flags]")
	}
	r := &driveRun{scene: new(scene), counts: sample{}, measured: map[string]float64{}}
	for _, names := range [][]string{driveSettings, driveTold} {
		for _, name := range names {
			r.counts[name] = 0
		}
	}
	var kind string
	var fd int
	driveParse(&r.p, &kind, &fd)
	if r.p.ops == 0 || r.p.size == 0 || r.p.clients == 0 || r.p.workers == 0 {
		driveFail(2, "one: --ops, --size, --clients and --workers want 1 or more")
	}
	if kind == "" {
		kind = map[bool]string{true: "rate", false: "count"}[r.p.rate > 0]
	}
	if kind == "rate" && r.p.rate == 0 {
		driveFail(2, "--kind rate wants a --rate of 1 or more")
	}
	r.words = map[string]string{"tip": os.Args[2], "twin": os.Args[3], "lang": "go", "kind": kind}
	r.settings()
	run := r.instrument(kind)

	runtime.GOMAXPROCS(int(r.p.workers))
	if s, ok := any(r.scene).(interface{ setup(params) }); ok {
		s.setup(r.p)
	}
	run()
	driveLook()
	r.report(fd)
	// A tear-down may wait for what never comes if something leaked.
	if s, ok := any(r.scene).(interface{ tearDown() }); ok && r.counts["tasks"] == 0 {
		s.tearDown()
	}
}
