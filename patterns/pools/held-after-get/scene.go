// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const bufferBytes = 8 << 10

// A request asks a backend, waits for what it says, and writes that into a
// buffer from a pool.
type scene struct {
	buffers sync.Pool
	misses  atomic.Int64
}

func (s *scene) setup(p params) {
	s.buffers.New = func() any {
		s.misses.Add(1)
		return new([bufferBytes]byte)
	}
}

func (s *scene) probe(out sample) { out["pool_misses"] = s.misses.Load() }

// Waits until others had a turn.
func askBackend(i uint64) uint64 {
	runtime.Gosched()
	return i * 31 % 1009
}

func writeAnswer(buffer *[bufferBytes]byte, reply uint64) uint64 {
	for k := range buffer {
		buffer[k] = byte(reply % 251)
	}
	return reply + uint64(buffer[bufferBytes-1])
}
