// SPDX-License-Identifier: MIT

package main

import "sync"

const scratchWords = 16

// A request looks SIZE things up, and for each it needs a scratch area for some dozen
// nanoseconds. There are enough for everybody; the question is how to get at one.
type scene struct {
	lookups uint64
	list    freelist
	pool    sync.Pool
}

type scratch struct {
	next  *scratch
	words [scratchWords]uint64
}

// What everybody writes first: correct, and short. How often its lock is waited for, Go
// does not tell; a goroutine may lose its turn inside even with one P.
type freelist struct {
	mu    sync.Mutex
	first *scratch
}

func (f *freelist) get() *scratch {
	f.mu.Lock()
	w := f.first
	if w != nil {
		f.first = w.next
	}
	f.mu.Unlock()
	if w == nil {
		w = new(scratch)
	}
	return w
}

func (f *freelist) put(w *scratch) {
	f.mu.Lock()
	w.next = f.first
	f.first = w
	f.mu.Unlock()
}

func (s *scene) setup(p params) {
	s.lookups = p.size
	s.pool.New = func() any { return new(scratch) }
}

func lookUp(w *scratch, key uint64) uint64 {
	var sum uint64
	for k := range w.words {
		key = key*6364136223846793005 + 1442695040888963407
		w.words[k] = key
	}
	for k := range w.words {
		sum ^= w.words[k] >> (w.words[scratchWords-1-k] % 64)
	}
	return sum
}
