package main

func op(s *scene, i uint64) uint64 {
	o := newOrder(i)

	for _, cents := range o.lines {
		go func() {
			<-o.rateKnown
			o.price(cents) // until Go 1.22 one variable for all turns of the loop
		}()
	}
	return o.total()
}
