package main

import "runtime"

func op(s *scene, i uint64) uint64 {
	x := s.start(i)

	for !x.isBuilt() {
		runtime.Gosched() // gives way, so it is in nobody's way
	}
	return x.sum
}
