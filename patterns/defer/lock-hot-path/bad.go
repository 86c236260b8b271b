package main

func (s *scene) add(v uint64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.total += v
}

func op(s *scene, i uint64) uint64 {
	for k := uint64(0); k < s.updates; k++ {
		s.add(i + k)
	}
	return i
}
