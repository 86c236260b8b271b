// SPDX-License-Identifier: MIT

package main

import (
	"encoding/json"
	"runtime"
	"strings"
)

type agedWitness struct{}

var agedParser = "encoding/json"

// Called in the middle of a parse: by whom?
func (*agedWitness) UnmarshalJSON([]byte) error {
	var at [32]uintptr
	frames := runtime.CallersFrames(at[:runtime.Callers(1, at[:])])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if strings.HasPrefix(f.Function, "encoding/json/v2") {
			agedParser = "encoding/json/v2"
		}
	}
	return nil
}

func init() {
	agedProbes["json-is-new"] = func() (bool, string) {
		json.Unmarshal([]byte("{}"), new(agedWitness))
		return agedParser == "encoding/json/v2", "encoding/json parses by " + agedParser
	}
}
