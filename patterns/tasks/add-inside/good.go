package main

func load(p *page, k uint64) {
	p.loadPart(k)
	p.loading.Done()
}

func op(s *scene, i uint64) uint64 {
	p := newPage(i)

	for k := uint64(0); k < parts; k++ {
		p.loading.Add(1) // counted before there is anything to wait for
		go load(p, k)
	}
	p.loading.Wait()
	return p.send()
}
