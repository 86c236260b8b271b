package main

func op(s *scene, i uint64) uint64 {
	s.othersWork()
	list, ok := s.pool.Get().(*prices)
	if !ok {
		list = s.loadPrices()
	}
	cents := list.of(i)
	s.pool.Put(list)
	return cents
}
