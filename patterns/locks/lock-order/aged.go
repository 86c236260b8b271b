// SPDX-License-Identifier: MIT

package main

import "sync"

// Two goroutines that have a lock each, which nobody else knows, and wait for the other's.
func agedCircle() {
	var locks [2]sync.Mutex
	var both sync.WaitGroup

	both.Add(2)
	for k := 0; k < 2; k++ {
		go func(mine, other *sync.Mutex) {
			mine.Lock()
			both.Done()
			both.Wait()
			other.Lock()
		}(&locks[k], &locks[1-k])
	}
}

func init() {
	agedProbes["circle-named-lost"] = func() (bool, string) {
		for i := 0; i < 32; i++ {
			agedCircle()
		}
		lost := agedLost()
		return lost >= 60, agedLostWords(lost)
	}
}
