package main

func op(s *scene, i uint64) uint64 {
	u := receive(i)

	s.queue <- u
	return <-u.done
}
