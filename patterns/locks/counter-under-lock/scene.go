// SPDX-License-Identifier: MIT

package main

import "sync"

// A request sends its answer in chunks, and counts the bytes of each for the metrics.
type scene struct {
	chunks uint64
	mutex  sync.Mutex
	sent   uint64 // bytes, by all requests
}

func (s *scene) setup(p params) { s.chunks = p.size }

// How many bytes chunk k of answer i had.
func sendChunk(i, k uint64) uint64 { return 512 + (i^k)&511 }
