// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Readers of a page ask for the next version of its text, and each of their goroutines waits
// until that is published (a long poll).
type scene struct {
	readers int
	read    atomic.Uint64
}

type text struct {
	scene     *scene
	mutex     sync.Mutex
	published *sync.Cond
	version   uint64 // 0: none yet
	ready     sync.WaitGroup
}

func (s *scene) setup(p params) { s.readers = int(p.size) }

// A reader's goroutine. Who takes the lock after it finds it waiting.
func (t *text) readNext() {
	t.mutex.Lock()
	t.ready.Done()
	for t.version == 0 {
		t.published.Wait()
	}
	t.mutex.Unlock()
	t.scene.read.Add(1)
}

// A text that its readers wait for.
func (s *scene) open() *text {
	t := &text{scene: s}
	t.published = sync.NewCond(&t.mutex)
	t.ready.Add(s.readers)
	for k := 0; k < s.readers; k++ {
		go t.readNext()
	}
	t.ready.Wait()
	runtime.Gosched() // it is loaded
	return t
}
