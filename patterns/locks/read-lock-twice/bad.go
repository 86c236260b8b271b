package main

func op(s *scene, i uint64) uint64 {
	if bringsSettings(i) {
		return s.change(i)
	}
	s.lock.RLock()
	defer s.lock.RUnlock()
	return i*s.setting(ours) + i*s.setting(theirs)
}
