package main

func op(s *scene, i uint64) uint64 {
	b := s.buffers.Get().(*buffer)

	checksum := s.writeAnswer(b, i)
	s.buffers.Put(b)
	othersWork(i)
	return checksum
}
