// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"time"
)

const (
	backends  = 8
	roundTrip = 200 * time.Microsecond
)

// A request is passed on to one of a few backends, and waits for what it says. Who is
// where stands in a table under a lock, for backends come and go.
type scene struct {
	mutex  sync.Mutex
	table  [backends]backend // under the mutex
	picked uint64            // likewise: how often one was looked up
}

type backend struct {
	address uint64
}

func (s *scene) setup(p params) {
	for k := range s.table {
		s.table[k].address = 0x0a000001 + uint64(k)
	}
}

// Under the lock: a copy of the row for request i.
func (s *scene) pick(i uint64) backend {
	s.picked++
	return s.table[i%backends]
}

// There and back again; the processor is free meanwhile.
func (b backend) ask(i uint64) uint64 {
	time.Sleep(roundTrip)
	return b.address ^ i
}
