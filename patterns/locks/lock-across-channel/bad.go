package main

func op(s *scene, i uint64) uint64 {
	o := readOrder(i)

	s.mutex.Lock()
	for _, article := range o.articles {
		s.stock[article]--
	}
	for _, article := range o.articles {
		s.changed <- article
	}
	s.mutex.Unlock()
	return o.cents
}
