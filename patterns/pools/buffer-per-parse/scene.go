// SPDX-License-Identifier: MIT

package main

import (
	"encoding/json"
	"io/ioutil"
	"sync"
)

const longestBody = 64 * 1024

// A request's body is read into a buffer and parsed as JSON.
type scene struct {
	documents [][]byte
	bodies    sync.Pool
}

func (s *scene) setup(p params) {
	for _, name := range []string{"config", "log-lines", "orders", "parcels"} {
		text, err := ioutil.ReadFile("patterns/pools/data/" + name + ".json")
		if err != nil {
			panic(err)
		}
		s.documents = append(s.documents, text)
	}
	s.bodies.New = func() any { return new([longestBody]byte) }
}

func (s *scene) document(i uint64) []byte {
	return s.documents[i%uint64(len(s.documents))]
}

// Parse, and weigh what was found: one for each value, and the bytes of all
// strings and names.  Here the tree is garbage too.
func weighBody(body []byte) uint64 {
	var tree any
	if err := json.Unmarshal(body, &tree); err != nil {
		panic(err)
	}
	return weigh(tree)
}

func weigh(value any) uint64 {
	weight := uint64(1)
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			weight += uint64(len(name)) + weigh(member)
		}
	case []any:
		for _, element := range v {
			weight += weigh(element)
		}
	case string:
		weight += uint64(len(v))
	}
	return weight
}
