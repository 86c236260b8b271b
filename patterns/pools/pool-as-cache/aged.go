// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"runtime"
	"sync"
)

func agedSurvives(collections int) bool {
	var p sync.Pool
	p.Put(new(agedBig))
	for i := 0; i < collections; i++ {
		runtime.GC()
	}
	return p.Get() != nil
}

func init() {
	agedProbes["pool-survives-one"] = func() (bool, string) {
		one, two := agedSurvives(1), agedSurvives(2)
		return one && !two, fmt.Sprintf("still there after one collection: %v, after two: %v", one, two)
	}
}
