// Package des is the kernel of a discrete-event simulation: a clock and a list
// of events yet to come.
//
// # Order
//
// Events happen in the order of (time, rank, insertion): at equal times the
// lower rank goes first, and at equal ranks the one that was scheduled first. So
// a simulation is a function of what was scheduled, and nothing is left to the
// data structure. What the ranks mean is for the model to say; the desk lists its
// own.
//
// # Structure
//
// The list is a heap with four children to a node. A node is 16 bytes: the time,
// and one word that holds rank, insertion number and slot, so that a node's four
// children lie in one cache line and order is two comparisons. The event itself
// lies in a slot beside the heap and does not move; the slot knows its place in the
// heap, so an event can be truly cancelled or moved, by its Handle, without leaving a
// dead entry behind. Slots are reused and nothing is allocated once the list has
// been as long as it gets.
//
// When more than a thousand events are pending, only those of the near future stay in the
// heap. The others lie unsorted in buckets by time, a radix heap, from which the heap is
// filled again when it is empty. To schedule or cancel one of them does not depend on how many
// there are, so a backlog of a million tickets, each with a reminder in two days, is no
// burden to what happens today: BenchmarkHold measures it.
//
// What is never cancelled, always the same, and follows one upon another, as the arrivals of a
// source do, goes into a lane instead: of each lane only when its next event is. That lies in a
// heap of its own, without a slot; the order is one for all.
//
// # Misuse
//
// Scheduling in the past is a bug of the model, and panics with the times. A
// Handle whose event has happened or was cancelled is dead: cancelling it again
// reports false, so that a model may keep a stale handle but not be surprised by it.
package des
