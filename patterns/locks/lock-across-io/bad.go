package main

func op(s *scene, i uint64) uint64 {
	s.mutex.Lock()
	b := s.pick(i)
	answer := b.ask(i)
	s.mutex.Unlock()
	return answer
}
