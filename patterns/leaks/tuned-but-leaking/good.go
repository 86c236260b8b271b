package main

func op(s *scene, i uint64) uint64 {
	c := s.open()

	go c.watch()
	defer close(c.hangUp) // no GOMAXPROCS does this for you
	return c.serve(i)
}
