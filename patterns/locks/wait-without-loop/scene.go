// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const seats = 4

// A theatre is sold out, and somebody waits for a seat to be given back. Meanwhile a guest
// changes his: he gives it back, and takes the first that is free in the same moment. A
// little later another guest really gives a seat back.
type scene struct {
	sold atomic.Uint64
}

// Of one request, whose buyer is the one who waits.
type theatre struct {
	mutex     sync.Mutex
	givenBack *sync.Cond
	taken     [seats]bool
	free      int // how many are not taken
	bought    uint64
	sold      sync.WaitGroup
}

func (s *scene) open() *theatre {
	t := &theatre{taken: [seats]bool{true, true, true, true}}
	t.givenBack = sync.NewCond(&t.mutex)
	t.sold.Add(1)
	s.sold.Add(1)
	return t
}

// The first seat that is free, for whoever holds the lock and knows that there is one; else it
// is the last seat.
func (t *theatre) take() uint64 {
	seat := 0
	for seat < seats-1 && t.taken[seat] {
		seat++
	}
	t.taken[seat] = true
	t.free--
	return uint64(seat)
}

// Under the lock.
func (t *theatre) giveLocked(seat uint64) {
	t.taken[seat] = false
	t.free++
	t.givenBack.Signal()
}

// At another's turn: whoever can run does so first.
func (t *theatre) give(seat uint64) {
	runtime.Gosched()
	t.mutex.Lock()
	t.giveLocked(seat)
	t.mutex.Unlock()
}

// Likewise. Back with this one, and the best for it, without a moment in between.
func (t *theatre) change(seat uint64) {
	runtime.Gosched()
	t.mutex.Lock()
	t.giveLocked(seat)
	t.take()
	t.mutex.Unlock()
}
