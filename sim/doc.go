// Package sim simulates one trial.
//
// Four words, used in no other sense:
//
//   - simulation: the act of the program; here, a scenario made ready for it.
//   - trial: one scenario, one seed, one replication. Parameters in, an
//     outcome.Run out, and no state shared with any other trial.
//   - replication: the index of a trial among those that differ by chance alone.
//   - experiment: all trials that answer one question; see package experiment.
//
// A trial is three packages in a row: arrivals makes tickets with their work, desk
// lives their lives, collect counts. des is the clock under them and rng the
// chance.
package sim
