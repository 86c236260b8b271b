package main

func op(s *scene, i uint64) uint64 {
	x := s.start(i)

	x.built.Wait() // is not run until there is something to do
	return x.sum
}
