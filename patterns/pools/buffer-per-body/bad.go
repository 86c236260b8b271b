package main

func op(s *scene, i uint64) uint64 {
	c := s.arrive(i)
	defer c.close()
	buffer := make([]byte, bufferBytes)

	return sumBody(c, buffer)
}
