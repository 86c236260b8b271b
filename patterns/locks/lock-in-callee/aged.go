// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"reflect"
	"sync"
)

func init() {
	agedProbes["mutex-has-trylock"] = func() (bool, string) {
		_, has := reflect.TypeOf(new(sync.Mutex)).MethodByName("TryLock")
		return has, fmt.Sprintf("a Mutex has %d methods", reflect.TypeOf(new(sync.Mutex)).NumMethod())
	}
}
