package main

func op(s *scene, i uint64) uint64 {
	if bringsSettings(i) {
		return s.change(i)
	}
	s.lock.RLock()
	defer s.lock.RUnlock()
	return i*s.settingLocked(ours) + i*s.settingLocked(theirs) // a writer may wait in between
}
