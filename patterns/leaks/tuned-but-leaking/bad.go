package main

func op(s *scene, i uint64) uint64 {
	c := s.open()

	go c.watch()
	return c.serve(i)
}
