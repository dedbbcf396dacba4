// Package scope holds what the sections of a scenario share while they are read: the table of keys at
// work, the names that sections may speak of, and values that more than one section has.
//
// What a Scope is asked to read and cannot, it reports at its place and leaves out; nothing
// here returns an error.
package scope
