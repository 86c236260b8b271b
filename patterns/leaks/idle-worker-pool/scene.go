// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

const pictures = 12 // an album

// A request makes an album's pictures smaller, several at a time: it makes a pool of
// workers for that, and gives it the pictures.
type scene struct {
	workers uint64
}

func (s *scene) setup(p params) { s.workers = p.size }

type resizer struct {
	queue    chan uint64
	resizing sync.WaitGroup
	bytes    atomic.Uint64 // of all that became smaller
}

// With so many workers, who wait at its queue from now on.
func newResizer(workers uint64) *resizer {
	r := &resizer{queue: make(chan uint64, pictures)}
	for k := uint64(0); k < workers; k++ {
		go r.work()
	}
	return r
}

// A worker: takes pictures out of the queue until that is closed.
func (r *resizer) work() {
	for picture := range r.queue {
		r.bytes.Add(2000 + picture%3000)
		r.resizing.Done()
	}
}

// Make album number i smaller, and wait for it: its bytes.
func (r *resizer) album(i uint64) uint64 {
	r.resizing.Add(pictures)
	for k := uint64(0); k < pictures; k++ {
		r.queue <- i*pictures + k
	}
	r.resizing.Wait()
	return r.bytes.Load()
}

// No more pictures: the workers go home.
func (r *resizer) close() { close(r.queue) }
