// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

const (
	usualBytes   = 4 << 10
	worthKeeping = 64 << 10
)

// An answer is written into a buffer from a pool, which grows as it must.
// Answers have 4 KiB; one in 256 has SIZE KiB.
type scene struct {
	exportBytes uint64
	buffers     sync.Pool
}

type buffer struct{ bytes []byte }

func (s *scene) setup(p params) {
	s.exportBytes = p.size << 10
	s.buffers.New = func() any { return new(buffer) }
}

// What is idle in the pool, in place of a count of what was never freed.
func (s *scene) probe(out sample) {
	s.buffers.New = nil
	var idle int64
	for {
		b, ok := s.buffers.Get().(*buffer)
		if !ok {
			break
		}
		idle += int64(cap(b.bytes))
	}
	s.buffers.New = func() any { return new(buffer) }
	out["idle_bytes"] = idle
}

func (s *scene) writeAnswer(b *buffer, i uint64) uint64 {
	bytes := uint64(usualBytes)
	if i%256 == 7 {
		bytes = s.exportBytes
	}
	if uint64(cap(b.bytes)) < bytes {
		b.bytes = make([]byte, bytes)
	}
	b.bytes = b.bytes[:bytes]
	for k := range b.bytes {
		b.bytes[k] = byte(i % 251)
	}
	return bytes * uint64(b.bytes[bytes-1])
}

// The rest of the service makes garbage, too.
func othersWork(i uint64) {
	if i%8 == 0 {
		runtime.GC()
	}
}
