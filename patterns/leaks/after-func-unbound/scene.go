// SPDX-License-Identifier: MIT

package main

import "time"

// A request arms a watcher: if it takes longer than its budget, a timer starts
// a goroutine that waits to note how slow it was.  Even requests are quick and
// have an hour; odd ones take longer than they may.
type scene struct{}

func isSlow(i uint64) bool { return i%2 == 1 }

func budget(i uint64) time.Duration {
	if isSlow(i) {
		return 20 * time.Microsecond
	}
	return time.Hour
}

// A slow one waits for a backend past its budget.
func serve(i uint64) uint64 {
	if isSlow(i) {
		time.Sleep(60 * time.Microsecond)
	}
	return i
}
