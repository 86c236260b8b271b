package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < s.items; k++ {
		reply := make(chan uint64, 1)
		sum += s.ask(i+k, reply)
	}
	return sum
}
