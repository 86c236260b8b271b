package main

func op(s *scene, i uint64) uint64 {
	u := receive(i)

	select {
	case s.queue <- u:
	default:
		return s.refuse(u) // full: the work of 50 ms is waiting already
	}
	return <-u.done
}
