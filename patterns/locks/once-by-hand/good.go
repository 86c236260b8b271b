package main

func op(s *scene, i uint64) uint64 {
	s.once.Do(s.load) // who comes meanwhile waits until it has ended
	return s.convert(i)
}
