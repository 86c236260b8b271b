package main

func addUp(prices <-chan uint64) uint64 { // the end to receive from: close does not compile
	var sum uint64
	for price := range prices {
		sum += price
	}
	return sum
}

func op(s *scene, i uint64) uint64 {
	return addUp(s.quote(i))
}
