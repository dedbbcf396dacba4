// Package bench holds what speed is measured with: two textbook queues, each as a scenario
// for the engine and as a loop written by hand for nothing but itself; a year of a desk with
// everything that a ticket can go through; and a backlog that only waits.
//
// # The limit
//
// A queue by hand has the same events and random variates as the scenario, a heap of
// 16-byte events with true cancellation, and adds up the waits. It has no calendar, class,
// shift or promise. What the engine costs is its ratio to this, measured in one run:
// tickets per second differ by a factor of two and more between machines and between
// hours on a shared one, the ratio does not.
package bench
