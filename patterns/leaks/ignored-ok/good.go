package main

func op(s *scene, i uint64) uint64 {
	orders := ordersOf(i)
	var cents uint64

	for k := uint64(0); k < s.batch; k++ {
		o, ok := <-orders
		if !ok {
			break // closed: what came is no order
		}
		cents += s.serve(o)
	}
	return cents
}
