// Package yamltree reads YAML into a tree in which every node knows the file,
// line and column that said it, and lets a reader take from that tree key by key.
//
// The stance: reading is taking. A Table remembers which keys were asked for; what
// is left when it is closed was written by somebody who expected it to mean
// something, so it is a problem, with the nearest known key. Problems are collected
// and never stop the reading, so one pass finds all of them. Nothing here knows
// what a scenario is, and nothing panics on bad input.
//
// Trees can be laid over one another (Merge). A node keeps its own file, so a
// value that came from a base file still points there.
//
// # What of YAML is read
//
// One document of maps, lists and single values in UTF-8. Anchors and aliases are
// followed within a bound. Tags other than the standard ones are refused. Every
// single value stays the text that was written: whether 12 is a number is decided
// by who takes it.
//
// One thing is added. Within a flow collection YAML splits at every comma, so
//
//	{after: lognormal(median 5h, cv 2), never: 12%}
//
// would have a key "cv 2)". Here a comma between parentheses does not split.
//
// And one thing is let pass: keys of one map are unique, unless they are
// percentages, so that {50%: 1m, 50%: 2m} can be said.
//
// Why not the decoder of the YAML library: its strict mode is lost beneath types
// that decode themselves, and it gives no positions to errors of meaning.
package yamltree
