// SPDX-License-Identifier: MIT
//
// measure.go - what is read and reckoned alike wherever Go is measured: in the twins
// (driver.go) and in the primitives beside C's (bench/studies/peers/peer.go).
//
// It is compiled into each of these programs; the names begin with "drive" for the
// sake of the tips.

package main

import (
	"fmt"
	"io/ioutil"
	"os"
	"runtime/pprof"
	"sort"
	"strconv"
	"strings"
	"syscall"
)

// -1 if the file has no such line.
func driveMemory(path, name string) float64 {
	text, _ := ioutil.ReadFile(path)
	for _, line := range strings.Split(string(text), "\n") {
		if rest := strings.TrimPrefix(line, name); rest != line {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib * 1024
		}
	}
	return -1
}

// Open ones; that by which this folder is read is among them each time.
func driveDescriptors() int {
	open, _ := ioutil.ReadDir("/proc/self/fd")
	return len(open)
}

func driveRss() float64 {
	if exact := driveMemory("/proc/self/smaps_rollup", "Rss:"); exact >= 0 {
		return exact
	}
	return driveMemory("/proc/self/status", "VmRSS:")
}

func driveCPU() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// How many goroutines the collector proves to be lost; -1: this Go has no such profile, or only
// as an experiment. The profile looks while it is written, and counts what it found.
func driveLeaked() int {
	p := pprof.Lookup("goroutineleak")
	if p == nil || p.WriteTo(ioutil.Discard, 0) != nil {
		return -1
	}
	return p.Count()
}

// Of an even number, the mean of the two in the middle. Sorts its argument.
func driveMedian(values []float64) float64 {
	sort.Float64s(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

func driveFail(status int, format string, values ...any) {
	fmt.Fprintf(os.Stderr, "twinbench: "+format+"\n", values...)
	os.Exit(status)
}
