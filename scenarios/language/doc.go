// Package language is the table of the scenario language: every key with its form, its default
// and its meaning in one sentence. It reads nothing; the manual of the language is the
// documentation of package scenarios.
package language
