package main

import "time"

func keepFresh(x *session) {
	for {
		time.Sleep(period)
		x.refresh()
	}
}

func op(s *scene, i uint64) uint64 {
	x := s.open(i)

	go keepFresh(x)
	answer := x.serve()
	x.end()
	return answer
}
