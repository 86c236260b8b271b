package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := i; k < i+looks; k++ {
		if settingIsOld(k) {
			s.rwmutex.Lock()
			s.write(k)
			s.rwmutex.Unlock()
		}
		s.rwmutex.RLock()
		sum += s.read(k)
		s.rwmutex.RUnlock()
	}
	return sum
}
