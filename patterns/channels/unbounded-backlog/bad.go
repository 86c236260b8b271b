package main

const slots = 10000 // surely enough

func op(s *scene, i uint64) uint64 {
	e := makeEvent(i)

	s.events <- e
	return <-e.answer
}
