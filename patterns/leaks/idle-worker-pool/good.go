package main

func op(s *scene, i uint64) uint64 {
	r := newResizer(s.workers)
	defer r.close() // its workers have it, too, and would wait for more

	return r.album(i)
}
