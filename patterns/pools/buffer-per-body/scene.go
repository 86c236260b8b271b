// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"syscall"
)

const bufferBytes = 32 << 10

var bodyBytes = []int{120, 400, 900, 2000, 300, 5000, 700, 60000}

// A request arrives on a connection of its own, and its body is read 32 KiB at a time.
// The client has sent all of it before the service looks: no read has to wait.
type scene struct {
	requests [][]byte
	buffers  sync.Pool
}

// A socket's number. A plain slice handed to a plain read would stay on the stack; one
// that goes through an interface, as in any handler, does not.
type connection int

func (c connection) Read(p []byte) (int, error) { return syscall.Read(int(c), p) }
func (c connection) close()                     { syscall.Close(int(c)) }

func (s *scene) setup(p params) {
	for _, n := range bodyBytes {
		head := fmt.Sprintf("POST /notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n", n)
		request := []byte(head)
		for k := 0; k < n; k++ {
			request = append(request, byte(k%251))
		}
		s.requests = append(s.requests, request)
	}
	s.buffers.New = func() any { return new([bufferBytes]byte) }
}

func (s *scene) arrive(i uint64) connection {
	request := s.requests[i%uint64(len(s.requests))]
	ends, err := syscall.Socketpair(syscall.AF_UNIX,
		syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		panic(err)
	}
	if n, err := syscall.Write(ends[0], request); n != len(request) {
		panic(fmt.Sprint("the socket takes less: ", err))
	}
	syscall.Close(ends[0])
	return connection(ends[1])
}

func readSome(r io.Reader, buffer []byte) []byte {
	n, err := r.Read(buffer)
	if n <= 0 {
		panic(fmt.Sprint("the request ends early: ", err))
	}
	return buffer[:n]
}

func addUp(bytes []byte) uint64 {
	var sum uint64
	for _, b := range bytes {
		sum += uint64(b)
	}
	return sum
}

var lengthField = []byte("\r\nContent-Length: ")
var headEnd = []byte("\r\n\r\n")

// The rest behind the head, and how long the body is. The head came whole, with the first read.
func readHead(some []byte) ([]byte, int) {
	behind := bytes.Index(some, headEnd)
	digits := some[bytes.Index(some, lengthField)+len(lengthField) : behind]
	length := 0
	for _, d := range digits { // strconv wants a string, which would be garbage too
		length = 10*length + int(d-'0')
	}
	return some[behind+len(headEnd):], length
}

// Read the request to its end, by way of the buffer; the sum of the body's bytes.
func sumBody(r io.Reader, buffer []byte) uint64 {
	some, length := readHead(readSome(r, buffer))
	sum := addUp(some)
	for got := len(some); got < length; got += len(some) {
		some = readSome(r, buffer)
		sum += addUp(some)
	}
	return sum
}
