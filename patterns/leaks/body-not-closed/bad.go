package main

func op(s *scene, i uint64) uint64 {
	r := s.get(i)

	return uint64(r.StatusCode)
}
