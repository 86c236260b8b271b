// SPDX-License-Identifier: MIT

package main

const (
	senders   = 4
	cacheLine = 64
)

// Each client counts the bytes that it sends in a counter of its own; the metrics add
// them up once in ten seconds. A twin says what a counter looks like.
type scene struct {
	counters []counter
	chunks   uint64
}

func (s *scene) setup(p params) {
	s.chunks = p.size
	s.counters = make([]counter, senders)
}

// How many bytes chunk k of answer i had.
func sendChunk(i, k uint64) uint64 { return 512 + (i^k)&511 }
