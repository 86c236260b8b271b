// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

// 16 bytes.
type point struct{ x, y int64 }

// A request measures many points, each of which is needed for a moment.
type scene struct {
	measured uint64
	origin   point
	points   sync.Pool
	misses   atomic.Int64
}

func (s *scene) setup(p params) {
	s.measured = p.size
	s.origin = point{500, 500}
	s.points.New = func() any {
		s.misses.Add(1)
		return new(point)
	}
}

func (s *scene) probe(out sample) { out["pool_misses"] = s.misses.Load() }

func (p *point) at(s *scene, i uint64) {
	p.x = int64(i*31%1009) - s.origin.x
	p.y = int64(i*17%1013) - s.origin.y
}

func (p *point) square() uint64 { return uint64(p.x*p.x + p.y*p.y) }
