package main

import "sync/atomic"

func op(s *scene, i uint64) uint64 {
	for k := uint64(0); k < s.chunks; k++ {
		atomic.AddUint64(&s.sent, sendChunk(i, k)) // one word needs no lock
	}
	return i
}
