// Package audit holds the log of a desk against what was promised: it judges every clock of
// every ticket, says what the time of a breach went into, and settles the contracts.
//
// It needs nothing but events and a scenario's promises, so that what was simulated and what has
// really happened are audited alike. For a simulated log its counts and credits are those of
// the trial that wrote it, exactly.
//
// A ticket belongs to the period in which it was created, whenever its clocks end, and tickets
// of the warm-up are in no count. Ratios are ratios of counts; a credit is worked out from
// counts and never from a rounded percentage.
package audit
