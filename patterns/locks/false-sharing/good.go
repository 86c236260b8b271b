package main

import "sync/atomic"

type counter struct {
	bytes uint64
	_     [cacheLine - 8]byte // nobody else's is on this line
}

func op(s *scene, i uint64) uint64 {
	mine := &s.counters[i%senders]

	for k := uint64(0); k < s.chunks; k++ {
		atomic.AddUint64(&mine.bytes, sendChunk(i, k))
	}
	return i
}
