package main

func op(s *scene, i uint64) uint64 {
	r := s.get(i)

	readAndClose(r) // the connection is free for the next request
	return uint64(r.StatusCode)
}
