package main

func op(s *scene, i uint64) uint64 {
	reply := askBackend(i)
	buffer := s.buffers.Get().(*[bufferBytes]byte) // for as long as it is written to

	answer := writeAnswer(buffer, reply)
	s.buffers.Put(buffer)
	return answer
}
