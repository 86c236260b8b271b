package main

func op(s *scene, i uint64) uint64 {
	var sum uint64

	reply := make(chan uint64, 1) // empty again after every answer
	for k := uint64(0); k < s.items; k++ {
		sum += s.ask(i+k, reply)
	}
	return sum
}
