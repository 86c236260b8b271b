package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < s.lookups; k++ {
		w := s.pool.Get().(*scratch) // each P has a store of its own
		sum += lookUp(w, i+k)
		s.pool.Put(w)
	}
	return sum
}
