// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

const atOnce = 8

// A request exports its records. Each is drawn as an image of its own, which is sent over a
// link that takes one at a time; while it is busy all others get to run.
type scene struct {
	records uint64        // a request
	slots   chan struct{} // has room for atOnce
	link    sync.Mutex
}

func (s *scene) setup(p params) {
	s.records = p.size
	s.slots = make(chan struct{}, atOnce)
}

// The export of a request.
type job struct {
	scene    *scene
	first    uint64 // number of its first record
	sum      uint64 // under the scene's link
	exported sync.WaitGroup
}

func (s *scene) job(i uint64) *job {
	j := &job{scene: s, first: i * s.records}
	j.exported.Add(int(s.records))
	return j
}

// 40 KiB.
type image struct {
	stripes [10]struct {
		colour uint64
		pixels [4088]byte // most are white
	}
}

func (j *job) send(m *image) {
	j.scene.link.Lock()
	runtime.Gosched() // the link takes its time
	for k := range m.stripes {
		j.sum += m.stripes[k].colour
	}
	j.scene.link.Unlock()
}

func (j *job) export(k uint64) {
	var m image
	for n := range m.stripes {
		m.stripes[n].colour = j.first + k + uint64(n)
	}
	j.send(&m)
}

// When all have been exported: the sum of what was sent.
func (j *job) total() uint64 {
	j.exported.Wait()
	return j.sum
}
