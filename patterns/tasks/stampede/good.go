package main

func op(s *scene, i uint64) uint64 {
	rate := s.cached()

	if rate == 0 {
		s.fetching.Lock()                 // one asks, the others wait for it
		if rate = s.cached(); rate == 0 { // and find its answer
			rate = s.fetch()
		}
		s.fetching.Unlock()
	}
	return convert(i, rate)
}
