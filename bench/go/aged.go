// SPDX-License-Identifier: MIT
//
// aged.go - the inside of one process that shows how Go of this release behaves.
//
// It is compiled together with measure.go and with aged.go of every tip, whose init() puts its
// probes into agedProbes: each answers a yes-or-no question of the tip's facts (struct fact in
// pattern.h). A process answers one, for it is alone with its heap then:
//
//	aged timer-collected
//	yes 0 B for each of 10000 timers
//
// Every name begins with "aged" and leaves the others to the tips.

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"time"
)

// Yes or no, and what was seen.
type agedProbe func() (bool, string)

var agedProbes = map[string]agedProbe{}

// Bytes that are reachable.
func agedHeap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Objects that f allocates, once it is warm.
func agedAllocations(f func()) float64 {
	const calls = 1000
	var before, after runtime.MemStats
	f()
	runtime.ReadMemStats(&before)
	for i := 0; i < calls; i++ {
		f()
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / calls
}

// Bytes that one call of f takes from the heap or the runtime, given back or not: what the
// runtime keeps in lists of its own is taken once.
func agedHeapGrowth(f func()) int64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// An object, and how many of its kind the collector took.
type agedBig struct{ bytes [1000]byte }

var agedFreed int64

func agedNew() *agedBig {
	o := new(agedBig)
	runtime.SetFinalizer(o, func(*agedBig) { atomic.AddInt64(&agedFreed, 1) })
	return o
}

// Long enough for finalizers to run; until n of them did.
func agedCollected(n int64) int64 {
	for i := 0; i < 20 && atomic.LoadInt64(&agedFreed) < n; i++ {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	return atomic.LoadInt64(&agedFreed)
}

func agedPanics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return
}

func main() {
	if len(os.Args) != 2 || agedProbes[os.Args[1]] == nil {
		driveFail(2, "no fact is called that; usage: aged NAME")
	}
	runtime.GOMAXPROCS(1)
	yes, saw := agedProbes[os.Args[1]]()
	fmt.Println(map[bool]string{true: "yes", false: "no"}[yes], saw)
}
