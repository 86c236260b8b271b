package main

func op(s *scene, i uint64) uint64 {
	t := s.turn(i)
	var message, sum uint64

	for k := 0; k < messages; k++ {
		select {
		case message = <-t.urgent:
		case message = <-t.others:
		}
		sum += t.handle(message)
	}
	return sum
}
