package main

import "time"

func keepFresh(x *session) {
	tick := time.NewTicker(period)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-x.request.Done():
			return // a sleep that can be told to stop
		}
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
