// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"io"
	"io/ioutil"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const limit = 20 * time.Millisecond

// A request is a peer that connects to a server by way of the loopback device. It says
// a number and is answered with the square; but one peer in four says nothing at all,
// and stays until the server hangs up.
type scene struct {
	listener net.Listener
	answered atomic.Int64
}

func (s *scene) setup(p params) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	s.listener = listener
	s.settle()
}

func (s *scene) tearDown() { s.listener.Close() }

// What the first connection of a process brings into being, such as the poller, is there
// before the requests come.
func (s *scene) settle() {
	c, peer := s.connect(0)
	c.Close()
	peer.Close()
}

func isSilent(i uint64) bool { return i%4 == 3 }

// Peer number i connects: a connection for the server, and the end of the peer. Of
// several that connect at once, the server's may be another one's.
func (s *scene) connect(i uint64) (c, peer net.Conn) {
	peer, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		panic(err)
	}
	if isSilent(i) {
		go hangUpLast(peer)
	} else {
		fmt.Fprintln(peer, i)
	}
	if c, err = s.listener.Accept(); err != nil {
		panic(err)
	}
	return c, peer
}

func hangUpLast(peer net.Conn) {
	io.Copy(ioutil.Discard, peer)
	peer.Close()
}

// What the peer gets for an answer, waiting for it; 0 for one that has said nothing.
func answer(peer net.Conn, i uint64) uint64 {
	if isSilent(i) {
		return 0
	}
	text, err := ioutil.ReadAll(peer)
	peer.Close()
	if err != nil {
		panic(err)
	}
	return number(string(text))
}

func number(line string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSpace(line), 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// Answer the number in the line.
func (s *scene) reply(c net.Conn, line string) {
	n := number(line)
	fmt.Fprintln(c, n*n)
	s.answered.Add(1)
}
