package main

func op(s *scene, i uint64) uint64 {
	values := make(chan uint64, 64) // many values a switch

	total := addUp(values)
	for k := uint64(0); k < s.values; k++ {
		values <- i ^ k
	}
	close(values)
	return <-total
}
