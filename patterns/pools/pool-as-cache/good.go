package main

func op(s *scene, i uint64) uint64 {
	s.othersWork()
	kept, _ := s.cache.Load("prices")
	list, ok := kept.(*prices)
	if !ok {
		list = s.loadPrices()
	}
	cents := list.of(i)
	s.cache.Store("prices", list) // stays until somebody takes it out
	return cents
}
