package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < found; k++ {
		v := find(i, k)
		s.m[(i*found+k)%keys] = v
		sum += v
	}
	return sum
}
