package ticket

// Kin says how a contact descends from its customer's first one, of which Kin is zero: a
// further attempt after the customer has left the queue, a message in place of another
// attempt, or a second ticket about the same matter because the first one was not
// answered. A descendant's ID follows from that of the first contact and its Kin, so it is
// the same under every staffing plan under which it is born.
type Kin uint8

// The parts of a Kin, from the lowest bit up: number of the attempt, whether it is
// in writing in place of another attempt, number of the second ticket.
const (
	kinAttempt  = 7
	kinSwitched = 1 << 3
	kinCopy     = 4
	kinBits     = 7

	// kinShift is where Kin lies in an ID: in the upper bits of the number within a
	// day, which no desk's days reach.
	kinShift = 25

	kinMask = (1<<kinBits - 1) << kinShift
)

// MostFurther is how many further attempts a customer can make, and how many second
// tickets about one matter.
const MostFurther = 7

// MostNumbers is how many contacts of a stream on a day have IDs that leave room for
// descendants.
const MostNumbers = 1 << kinShift

// Attempt is how many attempts went before, Switched whether the contact is in writing
// after those, and Copy which second ticket about one matter it is; 0 for none.
func (k Kin) Attempt() int   { return int(k & kinAttempt) }
func (k Kin) Switched() bool { return k&kinSwitched != 0 }
func (k Kin) Copy() int      { return int(k >> kinCopy) }

// Again is the next attempt; there must have been fewer than MostFurther.
func (k Kin) Again() Kin { return k + 1 }

// InWriting is the message in place of another attempt.
func (k Kin) InWriting() Kin { return k | kinSwitched }

// Copied is the n-th second ticket, 1 to MostFurther.
func (k Kin) Copied(n int) Kin { return k | Kin(n)<<kinCopy }

// Kin is the ID of the contact that stands in another kinship to the same first
// contact: id stands in from, the result in to.
func (id ID) Kin(from, to Kin) ID { return id ^ ID(from^to)<<kinShift }

// Family is what the IDs of a customer's first contact and of all that descend from
// it have in common.
func (id ID) Family() ID { return id &^ kinMask }
