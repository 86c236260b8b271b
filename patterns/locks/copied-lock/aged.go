// SPDX-License-Identifier: MIT

package main

import "sync"

func init() {
	agedProbes["copied-cond-panics"] = func() (bool, string) {
		c := sync.NewCond(new(sync.Mutex))
		c.Signal()
		copied := *c
		return agedPanics(copied.Signal), "a Cond was used, copied, and the copy used"
	}
	agedProbes["copied-mutex-works"] = func() (bool, string) {
		var m sync.Mutex
		m.Lock()
		copied := m
		m.Unlock()
		return !agedPanics(copied.Unlock), "a Mutex was locked, copied, and the copy unlocked"
	}
}
