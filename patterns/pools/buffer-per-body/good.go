package main

func op(s *scene, i uint64) uint64 {
	c := s.arrive(i)
	defer c.close()
	buffer := s.buffers.Get().(*[bufferBytes]byte)
	defer s.buffers.Put(buffer) // the next request is read by way of it

	return sumBody(c, buffer[:])
}
