package main

func op(s *scene, i uint64) uint64 {
	lines := make(chan int)

	go logLines(lines)
	for k := 0; k < s.lines; k++ {
		lines <- k
	}
	return i
}
