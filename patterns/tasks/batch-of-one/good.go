package main

func addUp(in <-chan batch, sum chan<- uint64) {
	var total uint64
	for b := range in {
		total += b.sum()
	}
	sum <- total
}

func op(s *scene, i uint64) uint64 {
	in, sum := make(chan batch, 1), make(chan uint64)
	var b batch

	go addUp(in, sum)
	for k := uint64(0); k < s.readings; k++ {
		b.add(i^k, in) // sent when there are many
	}
	b.send(in) // and the rest
	close(in)
	return <-sum
}
