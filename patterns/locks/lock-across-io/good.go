package main

func op(s *scene, i uint64) uint64 {
	s.mutex.Lock()
	b := s.pick(i)
	s.mutex.Unlock() // b is a copy: from here on nobody else is concerned
	answer := b.ask(i)
	return answer
}
