package main

func op(s *scene, i uint64) uint64 {
	o := readOrder(i)

	s.mutex.Lock()
	for _, article := range o.articles {
		s.stock[article]--
	}
	s.mutex.Unlock() // whoever receives may want the lock first
	for _, article := range o.articles {
		s.changed <- article
	}
	return o.cents
}
