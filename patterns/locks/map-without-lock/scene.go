// SPDX-License-Identifier: MIT

package main

import "sync"

const keys, found = 4096, 8

// A request enters what it found into a map that all share, each under keys of its own.
type scene struct {
	mutex sync.Mutex
	m     map[uint64]uint64
}

func (s *scene) setup(p params) { s.m = map[uint64]uint64{} }

func find(i, k uint64) uint64 { return (i ^ k) * 31 % 1009 }
