// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"runtime"
	"sync/atomic"
)

// A request is a sample: how many goroutines are alive? So many of them that it
// matters are parked from the start, and an alarm rings above half of that.
type scene struct {
	parked uint64
	over   chan struct{}
	last   atomic.Value // []byte: the dump, kept for whoever wants to read it
}

func (s *scene) setup(p params) {
	s.parked = p.size
	s.over = make(chan struct{})
	for k := uint64(0); k < s.parked; k++ {
		go func() { <-s.over }()
	}
}

func (s *scene) tearDown() { close(s.over) }

func (s *scene) probe(out sample) {
	out["idle_bytes"] = 0
	if last, ok := s.last.Load().([]byte); ok {
		out["idle_bytes"] = int64(len(last))
	}
}

func (s *scene) keep(text []byte) { s.last.Store(text) }

// What a sample says.
func (s *scene) alarmRings(i uint64, alive int) uint64 {
	if uint64(alive) > s.parked/2 {
		return 2*i + 1
	}
	return 2 * i
}

// The whole dump as text, as pprof makes it: the buffer is doubled until it fits.
func dumpText() []byte {
	text := make([]byte, 64<<10)
	for {
		n := runtime.Stack(text, true)
		if n < len(text) {
			return text[:n]
		}
		text = make([]byte, 2*len(text))
	}
}

func dumpCount(text []byte) int {
	return bytes.Count(append([]byte("\n"), text...), []byte("\ngoroutine "))
}
