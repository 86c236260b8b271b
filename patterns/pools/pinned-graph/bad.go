package main

func op(s *scene, i uint64) uint64 {
	r := s.requests.Get().(*request)

	r.graph = buildGraph(i)
	sum := r.serve()
	s.requests.Put(r)
	return sum
}
