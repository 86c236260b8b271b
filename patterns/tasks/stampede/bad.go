package main

func op(s *scene, i uint64) uint64 {
	rate := s.cached()

	if rate == 0 {
		rate = s.fetch()
	}
	return convert(i, rate)
}
