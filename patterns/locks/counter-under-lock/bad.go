package main

func op(s *scene, i uint64) uint64 {
	for k := uint64(0); k < s.chunks; k++ {
		s.mutex.Lock()
		s.sent += sendChunk(i, k)
		s.mutex.Unlock()
	}
	return i
}
