package main

func addUp(in <-chan uint64, sum chan<- uint64) {
	var total uint64
	for reading := range in {
		total += reading
	}
	sum <- total
}

func op(s *scene, i uint64) uint64 {
	in, sum := make(chan uint64, batchSize), make(chan uint64)

	go addUp(in, sum)
	for k := uint64(0); k < s.readings; k++ {
		in <- i ^ k // each as it comes
	}
	close(in)
	return <-sum
}
