package main

func op(s *scene, i uint64) uint64 {
	r := s.requests.Get().(*request)

	r.graph = buildGraph(i)
	sum := r.serve()
	r.graph = nil // an idle object holds nothing
	s.requests.Put(r)
	return sum
}
