package main

import "time"

const slots = 0 // a meeting point, not a warehouse

func op(s *scene, i uint64) uint64 {
	e := makeEvent(i)

	limit := time.NewTimer(patience)
	defer limit.Stop()
	select {
	case s.events <- e:
	case <-limit.C:
		return s.refuse(e) // say so now, while it is still worth something
	}
	return <-e.answer
}
