// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

// A request fetches the pages of a site, by several goroutines at once that take
// page after page until they are told to stop.
type scene struct {
	fetchers uint64
}

func (s *scene) setup(p params) { s.fetchers = p.size }

type crawl struct {
	number   uint64
	pages    chan uint64
	stop     chan struct{}
	fetching sync.WaitGroup
	words    atomic.Uint64
}

func begin(i uint64) *crawl {
	return &crawl{number: i, pages: make(chan uint64), stop: make(chan struct{})}
}

// By a fetcher: count the words of a page.
func (c *crawl) fetch(page uint64) {
	c.words.Add(100 + (c.number+page)%400)
	c.fetching.Done()
}

// Hand out so many pages, wait until all are fetched, and return their words.
func (c *crawl) run(pages uint64) uint64 {
	c.fetching.Add(int(pages))
	for page := uint64(0); page < pages; page++ {
		c.pages <- page
	}
	c.fetching.Wait()
	return c.words.Load()
}
