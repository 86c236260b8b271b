package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < s.lookups; k++ {
		w := s.list.get()
		sum += lookUp(w, i+k)
		s.list.put(w)
	}
	return sum
}
