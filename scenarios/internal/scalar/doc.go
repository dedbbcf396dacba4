// Package scalar reads what a single value of a scenario says: a duration, a number, a
// percentage, a volume, a date, a time of day, days of the week, a distribution.
//
// Each reader takes a value of the YAML tree and reports what is wrong with it there, with
// a hint; it returns false then. Nothing here knows a key of the language.
package scalar
