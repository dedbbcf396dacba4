package rng

// Entity is the first block of an entity's stream, with its words by place, and
// as a source of more. It is made to be reused: Reset costs one block.
type Entity struct {
	words  [4]uint64
	at     uint8 // place that At has chosen
	more   bool  // words[at] is used, go on with extra
	open   bool  // extra holds the blocks of place at
	key    Key
	entity uint64
	kind   uint64
	domain uint64
	keys   [20]uint64 // of the ten rounds, which all entities of a trial have in common
	extra  Stream
}

// Reset computes the first block of (purpose, sub, domain, entity): philox with the keys at
// hand, round after round without a loop, which takes half the instructions.
func (e *Entity) Reset(of Key, p Purpose, sub uint32, domain, entity uint64) {
	if e.key != of || e.kind == 0 {
		e.turn(of)
	}
	e.domain, e.entity, e.kind = domain, entity, uint64(p)|uint64(sub)<<32
	k := &e.keys
	c0, c1, c2, c3 := round(0, entity, e.kind, domain, k[0], k[1])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[2], k[3])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[4], k[5])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[6], k[7])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[8], k[9])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[10], k[11])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[12], k[13])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[14], k[15])
	c0, c1, c2, c3 = round(c0, c1, c2, c3, k[16], k[17])
	e.words[0], e.words[1], e.words[2], e.words[3] = round(c0, c1, c2, c3, k[18], k[19])
}

// turn works out the keys of the rounds.
func (e *Entity) turn(k Key) {
	e.key = k
	for i := 0; i < len(e.keys); i += 2 {
		e.keys[i], e.keys[i+1] = k.Seed, k.Replication
		k.Seed += weyl0
		k.Replication += weyl1
	}
}

// Word is the word at place i, 0 to 3.
func (e *Entity) Word(i int) uint64 { return e.words[i&3] }

// Uniform is the word at place i as a float64 on [0, 1).
func (e *Entity) Uniform(i int) float64 { return Uniform(e.words[i&3]) }

// At makes e a source for one sampler: the word at place i first, then words
// that belong to this place only. It returns e.
func (e *Entity) At(i int) *Entity {
	e.at, e.more, e.open = uint8(i&3), false, false
	return e
}

// Uint64 is the next word of the place that At chose.
func (e *Entity) Uint64() uint64 {
	if !e.more {
		e.more = true
		return e.words[e.at&3]
	}
	return e.beyond()
}

// beyond opens the blocks of the place: numbers from (place+1)·2³² on, which no
// other place reaches.
func (e *Entity) beyond() uint64 {
	if !e.open {
		e.open = true
		e.extra = Stream{
			key: e.key, block: (uint64(e.at) + 1) << 32,
			entity: e.entity, purpose: e.kind, domain: e.domain, next: 4,
		}
	}
	return e.extra.Uint64()
}
