// Package rng gives every random decision a stream of its own, named by a key.
//
// The key of a stream is (seed, replication, purpose, domain, entity): which
// experiment, which of its trials, what the numbers are for, and for whom. The
// same key gives the same numbers, whatever else the trial draws and in which
// order: a ticket asks for the same work under every staffing plan, which is what
// makes comparisons of plans sharp (common random numbers, synchronised on
// customers). Nothing else in the program creates a stream.
//
// The generator is Philox4x64-10, counter based (Salmon, Moraes, Dror and Shaw
// 2011, "Parallel random numbers: as easy as 1, 2, 3"): a block of four 64-bit
// words is a keyed bijection of a 256-bit counter. Seed and replication are its
// key; block number, entity, purpose and domain are its counter. There is no state to jump
// ahead in: the millionth ticket's words cost as much as the first one's. The
// tests hold it to the known answers that its authors published.
//
// A ticket needs a handful of words, so an Entity computes the first block at
// once and hands out its words by place: word 2 is always the handling time,
// say, whether or not word 1 was wanted. A sampler that needs more than the one
// word (a rejection, a few times in a hundred) goes on in blocks that belong to
// that place alone, so no draw ever shifts another.
package rng

import "math/bits"

// Purpose says what a stream is for. Its values are part of the published
// results: they are never renumbered.
type Purpose uint64

// The purposes.
const (
	Gaps     Purpose = 1 // gaps between arrivals; entity: layer and day; of a burst, 0 between tickets and 1 between incidents
	Busyness Purpose = 2 // the busyness factor of a day; entity: day
	Ticket   Purpose = 3 // what a ticket is and first asks for; entity: ticket
	Cycle    Purpose = 4 // a reply cycle of a ticket; entity: ticket, sub: cycle
	Reopen   Purpose = 5 // the return of a solved ticket; entity: ticket, sub: cycle
	Roster   Purpose = 6 // rounding of fractional heads; entity: day
	Triage   Purpose = 7 // a priority that is wrong at first, sub 0, and the words of a ticket, sub: keyword; entity: ticket

	Sickness  Purpose = 8  // the days on which a person is sick; domain: shift, entity: person
	Attrition Purpose = 9  // when a person leaves; domain: shift, entity: person
	Chase     Purpose = 10 // asking again while unanswered; entity: ticket, sub: touches, times asked
	Leaving   Purpose = 11 // what follows when patience ends; entity: contact
	Remind    Purpose = 12 // whether a reminder wins the customer; entity: ticket, sub: cycle, reminder
	HandOff   Purpose = 13 // what another team does with a ticket; entity: ticket, sub: touch
)

// Purposes of what happens on the way to the desk, and of what comes of it.
const (
	Deflection Purpose = 14 // whom a bot answers; entity: ticket
	Hold       Purpose = 17 // whether a touch is followed by a wait for somebody outside, and how long; entity: ticket, sub: touch
	Quality    Purpose = 16 // the quality score of a touch; entity: ticket, sub: touch
	Outage     Purpose = 15 // where a customer turns whose channel is down; entity: ticket; of an outage, 0 for its beginnings and 1 for how long it lasts
)

// Purposes of what is there when a trial begins.
const (
	Backlog Purpose = 20 // what an open ticket has behind it, sub 0, and its customer's patience, sub: attempt; entity: ticket
)

// Purposes beyond single trials.
const (
	Strata    Purpose = 30 // in which order the replications of a set go through the strata of a day's busyness; replication: set, entity: day
	Points    Purpose = 31 // the points of a Latin hypercube; entity: axis
	Resamples Purpose = 32 // the bootstrap of a comparison; domain: measure
	Fitted    Purpose = 33 // what a history leaves open about the parameters of a trial
	Seeds     Purpose = 36 // the seeds of searches and of their proofs; entity: which
)

// Key names an experiment's trial.
type Key struct {
	Seed        uint64
	Replication uint64
}

// Philox's multipliers and Weyl increments, from the paper's table 2.
const (
	mul0  = 0xD2E7470EE14C6C93
	mul1  = 0xCA5A826395121157
	weyl0 = 0x9E3779B97F4A7C15
	weyl1 = 0xBB67AE8584CAA73B
)

// philox is the block function with its ten rounds.
func philox(k0, k1, c0, c1, c2, c3 uint64) (uint64, uint64, uint64, uint64) {
	for range 5 { // two of the ten rounds at a time, which saves moves between registers
		c0, c1, c2, c3 = round(c0, c1, c2, c3, k0, k1)
		c0, c1, c2, c3 = round(c0, c1, c2, c3, k0+weyl0, k1+weyl1)
		k0 += 2*weyl0 - 1<<64
		k1 += 2*weyl1 - 1<<64
	}
	return c0, c1, c2, c3
}

// round is one round of Philox.
func round(c0, c1, c2, c3, k0, k1 uint64) (uint64, uint64, uint64, uint64) {
	hi0, lo0 := bits.Mul64(mul0, c0)
	hi1, lo1 := bits.Mul64(mul1, c2)
	return hi1 ^ c1 ^ k0, lo1, hi0 ^ c3 ^ k1, lo0
}

// Stream is a sequence of words. The zero Stream is not usable; see Of.
type Stream struct {
	key     Key
	block   uint64
	entity  uint64
	purpose uint64
	domain  uint64
	words   [4]uint64
	next    uint8 // place in words; 4 when they are used up
}

// Of is the stream of an entity for a purpose. The domain separates entities
// with equal numbers, such as the tickets of two demand streams; see Domain.
func (k Key) Of(p Purpose, domain, entity uint64) Stream {
	return Stream{key: k, entity: entity, purpose: uint64(p), domain: domain, next: 4}
}

// Uint64 is the next word.
func (s *Stream) Uint64() uint64 {
	if s.next > 3 {
		s.refill()
	}
	w := s.words[s.next&3]
	s.next++
	return w
}

// Peek is the word that Uint64 gives next, and stays so until then.
func (s *Stream) Peek() uint64 {
	if s.next > 3 {
		s.refill()
	}
	return s.words[s.next&3]
}

// Skip takes the word that Peek has shown.
func (s *Stream) Skip() { s.next++ }

func (s *Stream) refill() {
	s.words[0], s.words[1], s.words[2], s.words[3] =
		philox(s.key.Seed, s.key.Replication, s.block, s.entity, s.purpose, s.domain)
	s.block++
	s.next = 0
}

// Float64 is uniform on [0, 1), with 53 random bits.
func (s *Stream) Float64() float64 { return Uniform(s.Uint64()) }

// Uniform turns a word into a float64 on [0, 1), with 53 random bits.
func Uniform(word uint64) float64 { return float64(word>>11) * 0x1p-53 }

// Domain turns a name into a domain (FNV-1a): a stream is known by its name, so
// that another one added before it in a scenario does not change its numbers.
func Domain(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return h
}
