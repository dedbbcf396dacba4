// Package measures reads how people speak of measures: breach_rate(first_reply, tier=gold), what is
// expected of one, and how precise it must be.
package measures
