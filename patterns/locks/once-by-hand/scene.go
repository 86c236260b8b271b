// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const rates = 32

// A request converts an amount by a table of rates, which is read from a file when the
// first request needs it. Reading it takes a while, and lets others run.
type scene struct {
	once   sync.Once
	loaded atomic.Int64
	rates  [rates]uint64
}

func (s *scene) load() {
	for k := range s.rates {
		runtime.Gosched() // wait for the next line of the file
		s.rates[k] = 100 + 7*uint64(k)
	}
}

func (s *scene) convert(i uint64) uint64 {
	return (1000 + i) * s.rates[i%rates] / 100
}
