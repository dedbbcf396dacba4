// Package pack is the compliance pack of one account: what a vendor manager puts on the table
// when a quarter is settled. What was attained, with counts; which promises were broken, and
// what the time went into; what was excluded and who approved it; the credit, line by line; and
// what is still open.
//
// A statement (package audit) gives all of it, down to the ticket. An outcome knows no single
// tickets: from it come attainment and credits, with their intervals.
//
// Attainment is written to two decimals and rounded down, so that no missed promise reads as
// a kept one. Money is written to the minor unit.
package pack
