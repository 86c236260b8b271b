package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < found; k++ {
		v := find(i, k)
		s.mutex.Lock() // the keys are our own, the map is everybody's
		s.m[(i*found+k)%keys] = v
		s.mutex.Unlock()
		sum += v
	}
	return sum
}
