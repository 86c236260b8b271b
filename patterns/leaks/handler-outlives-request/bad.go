package main

import "context"

func op(s *scene, i uint64) uint64 {
	r := read(i)

	until := context.Background() // it must not be cut off
	go s.index(until, r)
	return r.end()
}
