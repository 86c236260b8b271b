// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"os"
	"time"
)

func init() {
	agedProbes["timer-collected"] = func() (bool, string) {
		const n = 10000
		before := agedHeap()
		for i := 0; i < n; i++ {
			time.After(time.Hour)
		}
		each := (agedHeap() - before) / n
		return each < 16, fmt.Sprintf("%d B are held for each of %d timers", each, n)
	}
	agedProbes["reset-drops-old"] = func() (bool, string) {
		t := time.NewTimer(time.Millisecond)
		time.Sleep(10 * time.Millisecond)
		t.Reset(time.Hour)
		select {
		case <-t.C:
			return false, "the old value was received after Reset"
		default:
			return true, "nothing was received after Reset"
		}
	}
	// Read each time a timer is made, where it is read at all.
	agedProbes["asynctimerchan-gone"] = func() (bool, string) {
		os.Setenv("GODEBUG", "asynctimerchan=1")
		t := time.NewTimer(time.Millisecond)
		time.Sleep(10 * time.Millisecond)
		waiting := len(t.C)
		return waiting == 0, fmt.Sprintf("with asynctimerchan=1 %d values wait in a fired timer's channel", waiting)
	}
}
