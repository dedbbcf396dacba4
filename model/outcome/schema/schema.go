// Package schema holds the JSON Schemas (draft 2020-12) of the files that Headroom writes:
// what each field means, its unit, and what may be missing.
//
// They are made from the types and comments of package outcome by this package's test, which
// fails when they no longer agree, and checks them against outcomes of all shipped scenarios.
// A later version of the program may add fields; one that changes the meaning of a field
// changes the version of the format.
package schema

import (
	"embed"
	"slices"
	"strings"
)

//go:embed *.schema.json
var files embed.FS

const suffix = ".schema.json"

// Names lists the files that have a schema.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), suffix))
	}
	slices.Sort(names)
	return names
}

// Of is the schema of a kind of file; false if there is none.
func Of(name string) (text []byte, ok bool) {
	text, err := files.ReadFile(name + suffix)
	return text, err == nil
}
