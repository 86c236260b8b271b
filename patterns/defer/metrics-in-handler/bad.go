package main

func (s *scene) handler(i uint64) uint64 {
	defer s.countHandled()
	answer := handle(i)
	return answer
}

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < s.handlers; k++ {
		sum += s.handler(i + k)
	}
	return sum
}
