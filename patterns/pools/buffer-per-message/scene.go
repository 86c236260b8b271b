// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"math/bits"
	"sync"
)

const longestOrder = 8 << 10

var linesOf = []int{2, 10, 30, 60}

// An order is packed and sent, as order.proto says. The twins here bring no module from
// outside, so the wire format is written out below; the bytes are those of protobuf-c,
// which the answers compare.
type scene struct {
	orders  []*order
	buffers sync.Pool
}

type line struct {
	article      string
	count, cents uint64
}

type order struct {
	number         uint64
	customer, note string
	lines          []line
}

func (s *scene) setup(p params) {
	for number, n := range linesOf {
		o := &order{number: 100000 + uint64(number), customer: fmt.Sprint("customer ", number)}
		for k := 0; k < n; k++ {
			article := fmt.Sprintf("article %d, in the size, the colour and the wrapping that were chosen on the page", k)
			o.lines = append(o.lines, line{article, uint64(1 + k%5), uint64(99 + k*250)})
		}
		if number%2 == 1 {
			o.note = fmt.Sprint("leave it with number ", number)
		}
		s.orders = append(s.orders, o)
	}
	s.buffers.New = func() any { return new([longestOrder]byte) }
}

func (s *scene) order(i uint64) *order {
	return s.orders[i%uint64(len(s.orders))]
}

// --- sizes: a length stands before what it is of

func varintSize(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }
func numberSize(v uint64) int { return 1 + varintSize(v) }
func lengthSize(n int) int    { return 1 + varintSize(uint64(n)) + n }
func (l *line) size() int {
	return lengthSize(len(l.article)) + numberSize(l.count) + numberSize(l.cents)
}

func (o *order) size() int {
	n := numberSize(o.number) + lengthSize(len(o.customer))
	for k := range o.lines {
		n += lengthSize(o.lines[k].size())
	}
	if o.note != "" {
		n += lengthSize(len(o.note))
	}
	return n
}

// What both twins must know: one to make as much, the other lest it grow a buffer.
func (o *order) measure() int {
	n := o.size()
	if n > longestOrder {
		panic(fmt.Sprint("measure: ", n, " bytes are more than a buffer has"))
	}
	return n
}

// --- packing: a field is its number and kind, then its value

const varint, delimited = 0, 2

func appendVarint(to []byte, v uint64) []byte {
	for ; v >= 0x80; v >>= 7 {
		to = append(to, byte(v)|0x80)
	}
	return append(to, byte(v))
}

func appendNumber(to []byte, field int, v uint64) []byte {
	return appendVarint(append(to, byte(field<<3|varint)), v)
}

func appendLength(to []byte, field, n int) []byte {
	return appendVarint(append(to, byte(field<<3|delimited)), uint64(n))
}

func appendText(to []byte, field int, text string) []byte {
	return append(appendLength(to, field, len(text)), text...)
}

// o, packed, behind what is in `to`.
func (o *order) pack(to []byte) []byte {
	to = appendNumber(to, 1, o.number)
	to = appendText(to, 2, o.customer)
	for k := range o.lines {
		l := &o.lines[k]
		to = appendLength(to, 3, l.size())
		to = appendText(to, 1, l.article)
		to = appendNumber(to, 2, l.count)
		to = appendNumber(to, 3, l.cents)
	}
	if o.note != "" {
		to = appendText(to, 4, o.note)
	}
	return to
}

// In place of a connection: a checksum of what went out.
func send(message []byte) uint64 {
	var sum, sums uint64
	for _, b := range message {
		sum += uint64(b)
		sums += sum
	}
	return sums
}
