package main

func op(s *scene, i uint64) uint64 {
	buffer := s.buffers.Get().(*[bufferBytes]byte) // for as long as the backend takes
	reply := askBackend(i)

	answer := writeAnswer(buffer, reply)
	s.buffers.Put(buffer)
	return answer
}
