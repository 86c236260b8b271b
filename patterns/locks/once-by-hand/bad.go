package main

func op(s *scene, i uint64) uint64 {
	if s.loaded.CompareAndSwap(0, 1) {
		s.load()
	}
	return s.convert(i)
}
