package main

func op(s *scene, i uint64) uint64 {
	r := read(i)

	until := r.ctx // ends when the request does
	go s.index(until, r)
	return r.end()
}
