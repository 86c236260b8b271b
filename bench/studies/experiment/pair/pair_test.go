// SPDX-License-Identifier: MIT

// Package pair has the chain of multiplications of experiment.c as benchmarks: Plus10 is longer
// than Plus0 by 10 %, and so on.
package pair

import "testing"

const chain = 1000

var sink uint64

//go:noinline
func multiply(n int, x uint64) uint64 {
	for k := 0; k < n; k++ {
		x *= 0x9e3779b97f4a7c15
	}
	return x
}

func plus(b *testing.B, percent int) {
	for i := 0; i < b.N; i++ {
		sink = multiply(chain+chain*percent/100, uint64(i)|1)
	}
}

func BenchmarkPlus0(b *testing.B)  { plus(b, 0) }
func BenchmarkPlus5(b *testing.B)  { plus(b, 5) }
func BenchmarkPlus10(b *testing.B) { plus(b, 10) }
func BenchmarkPlus20(b *testing.B) { plus(b, 20) }
func BenchmarkPlus50(b *testing.B) { plus(b, 50) }
