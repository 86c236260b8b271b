package main

func op(s *scene, i uint64) uint64 {
	r := newResizer(s.workers)

	return r.album(i)
}
