// Package promises reads the sections of a scenario that say what is promised to whom: policies with
// their targets and relaxations, escalations, contracts and exceptions.
package promises
