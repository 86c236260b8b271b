package main

func addUp(prices chan uint64) uint64 {
	var sum uint64
	for price := range prices {
		sum += price
	}
	close(prices) // leave it tidy
	return sum
}

func op(s *scene, i uint64) uint64 {
	return addUp(s.quote(i))
}
