package main

func op(s *scene, i uint64) uint64 {
	t := s.open()

	t.mutex.Lock()
	t.version = i + 1
	t.published.Broadcast() // all of them wait for this
	t.mutex.Unlock()
	return i
}
