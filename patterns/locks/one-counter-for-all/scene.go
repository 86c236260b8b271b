// SPDX-License-Identifier: MIT

package main

const (
	shards    = 8
	cacheLine = 64
)

type counter struct {
	bytes uint64 // atomic
	_     [cacheLine - 8]byte
}

// A request sends its answer in chunks, and counts the bytes of each for the metrics,
// which are read once in ten seconds.
type scene struct {
	sent   counter
	shard  [shards]counter // the metrics read all of them together
	chunks uint64
}

func (s *scene) setup(p params) { s.chunks = p.size }

// How many bytes chunk k of answer i had.
func sendChunk(i, k uint64) uint64 { return 512 + (i^k)&511 }
