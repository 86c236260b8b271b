package main

func op(s *scene, i uint64) uint64 {
	o := newOrder(i)

	for _, cents := range o.lines {
		cents := cents // one for each goroutine
		go func() {
			<-o.rateKnown
			o.price(cents)
		}()
	}
	return o.total()
}
