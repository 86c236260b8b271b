package main

func op(s *scene, i uint64) uint64 {
	p := render(i)

	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.isFull() {
		s.evictLocked() // the lock is ours already
	}
	s.keep(p)
	return p.bytes
}
