package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := i; k < i+looks; k++ {
		if settingIsOld(k) {
			s.mutex.Lock()
			s.write(k)
			s.mutex.Unlock()
		}
		s.mutex.Lock() // over before a second reader could gain by it
		sum += s.read(k)
		s.mutex.Unlock()
	}
	return sum
}
