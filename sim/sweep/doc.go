// Package sweep runs an experiment at every point of a grid, or of a sample, of scenarios.
//
// # One customer, many plans
//
// Neither the point nor its place in the sweep is part of the key of a random number: all points
// have the seed of the scenario, and so the same tickets, with the same work, wherever
// the varied values leave them alone. Points can be compared pair by pair, and curves through
// them are smooth beyond what their own intervals would allow.
//
// # Jobs and engines
//
// A point is a job: a scenario under a key, which is made of its digest, its seed and the
// build of the program. An Engine runs jobs and hands back outcomes in any order; Run puts them in the
// order of the points, so that the result is a function of the scenarios alone. Local is the engine
// on this machine. What a Store holds under a job's key is not run again: a sweep that was interrupted
// goes on where it stopped, and one that has got longer runs only what is new.
//
// Why the build and not the version: what was made by a program with a local change, or for another
// processor, must never be taken for what this one would make, and no version number can be trusted to
// change with every change of a result. The command takes the digest of its own executable file. So a
// point is also run again after a change that leaves the results alone; that costs time and no
// trust.
//
// Why points keep no series: a sweep is judged by measures, and series would make its files
// a hundred times as large. A point that deserves pictures is run by itself: headroom run, with the
// values of the point in a variant, gives the same numbers.
//
// Local runs as many points at once as there are workers, each on its share of them. Nothing
// is shared between points but the processor, so two points take half the time of one.
package sweep
