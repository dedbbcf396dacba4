// Package lives walks through the events of tickets as the state of a desk would, and gathers what happened to them by kind: what
// followed each touch, how long agents worked, customers took to answer and things were held, what was handed off to another team and
// how long that worked on it, and what came back.
//
// What began before the history or has not ended within it is not left out but known to have lasted longer, see package survival.
package lives
