// Package ledger is the report on a log of tickets: what was promised and kept, how long things
// took, what another promise would have made of the same tickets, whether the help desk's own flags agree,
// and what looks as if somebody played with the clocks.
package ledger
