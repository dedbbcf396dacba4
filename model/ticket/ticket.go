// Package ticket is the vocabulary of the house: the ticket's attributes and
// the events of its life. It knows no clock, no distribution and no file.
//
// Attributes are small integers, indexes into the lists of Names, so that the
// simulator can compare and tabulate them without touching a string.
//
// # Glossary
//
//   - ticket: one request of one customer, from its creation until it is solved.
//   - touch: one uninterrupted piece of agent work on a ticket; it ends in a
//     public reply. First touch, second touch and so on.
//   - first reply (first response, FRT): the first public reply of an agent; on
//     a live channel, the moment an agent answers.
//   - reply cycle: an agent's reply, the customer's reply to it, the next touch.
//   - pending: the desk waits for the customer.
//   - handling time: agent time of one touch, wrap-up included. AHT is its mean.
//   - occupancy: agent time with work in hand over agent time on shift.
//   - utilisation: agent time with work in hand over agent time paid.
//   - shrinkage: the share of paid time that an agent is not available;
//     gross heads = net heads / (1 - shrinkage).
//   - backlog: tickets that are created and not solved.
//   - queue: tickets that wait for an agent; a part of the backlog.
//   - abandonment: a live customer leaves the queue before an agent answers.
//   - hand-off: a ticket goes to another team for a while (engineering, a second tier),
//     which works on it and gives it back.
//   - OLA: an operational level agreement, a promise of one team to another, such as that
//     engineering is done within two hours. Its clock is that of group ownership.
//   - first-contact resolution (FCR): the first touch solves the ticket, and it does
//     not come back.
//   - attainment: the share of SLA clocks that met their target.
//   - credit: what a contract pays back for a period of low attainment.
package ticket

import "time"

// ID names a ticket. It depends on the ticket's origin alone (stream, day and
// number, or row of a log), never on what the desk does, so the same customer
// has the same ID under every staffing plan.
type ID uint64

// Attributes are indexes into the lists of Names.
type (
	// Priority is an index into Names.Priorities; 0 is the highest.
	Priority uint8
	// Channel is an index into Names.Channels.
	Channel uint8
	// Issue is an index into Names.Issues.
	Issue uint16
	// Tier is an index into Names.Tiers.
	Tier uint8
	// Account is an index into Names.Accounts; Anonymous means no named account.
	Account uint16
	// Skill is an index into Names.Skills; NoSkill means that anybody can do it.
	Skill uint8
	// Team is an index into Names.Teams; NoTeam means none.
	Team int16
)

// The absent attributes.
const (
	Anonymous Account = 1<<16 - 1
	NoSkill   Skill   = 1<<8 - 1
	NoTeam    Team    = -1
)

// Class is what the rules of a desk can see when a ticket is created: routing
// and SLA policies match on it and nothing else.
type Class struct {
	Channel  Channel
	Issue    Issue
	Tier     Tier
	Priority Priority
	Account  Account
}

// Names gives attributes their words. Index i of a list names attribute i.
type Names struct {
	Channels   []string
	Issues     []string
	Tiers      []string
	Priorities []string // highest first
	Accounts   []string
	Skills     []string
	Teams      []string
}

// AccountName is the word for a, or "" for Anonymous.
func (n *Names) AccountName(a Account) string {
	if a == Anonymous || int(a) >= len(n.Accounts) {
		return ""
	}
	return n.Accounts[a]
}

// Status is where a ticket stands between desk and customer.
type Status uint8

// The statuses, in the order of a ticket's usual life.
const (
	New     Status = iota // nobody has touched it
	Open                  // an agent has it or must come back to it
	Pending               // the desk waits for the customer
	OnHold                // the desk waits for a third party
	Solved                // done, unless the customer comes back
	Closed                // done for good; also the end of an abandoned contact
)

var statusNames = [...]string{"new", "open", "pending", "on-hold", "solved", "closed"}

// String is the word used in logs: new, open, pending, on-hold, solved, closed.
func (s Status) String() string { return statusNames[s] }

// ParseStatus is the inverse of String.
func ParseStatus(word string) (Status, bool) {
	for i, w := range statusNames {
		if w == word {
			return Status(i), true
		}
	}
	return 0, false
}

// EventKind says what happened to a ticket.
type EventKind uint8

// The events of a ticket's life. A log holds one row for each.
const (
	Created      EventKind = iota // by a public message of the customer
	Message                       // a further public message of the customer, also one that asks again while a ticket is unanswered
	Started                       // an agent takes the ticket in hand; the answer on a live channel
	Replied                       // public reply of an agent: a touch ends
	Returned                      // the touch is interrupted, the ticket goes back to the queue
	StatusSet                     // the status changes, without an agent's message; to the one it had: a reminder (pending), the promise to call back (new)
	Abandoned                     // the customer leaves the queue of a live channel
	Noted                         // an internal note, which the customer does not see
	Assigned                      // a group becomes responsible, the first or another one; Team says which
	Reclassified                  // priority, issue or another part of the class changes; Class is the new one
)

var eventNames = [...]string{"created", "message", "started", "replied", "returned", "status", "abandoned", "note", "assigned", "reclassified"}

// String is the word used in logs.
func (k EventKind) String() string { return eventNames[k] }

// ParseEventKind is the inverse of String.
func ParseEventKind(word string) (EventKind, bool) {
	for i, w := range eventNames {
		if w == word {
			return EventKind(i), true
		}
	}
	return 0, false
}

// Event is one thing that happened to one ticket.
type Event struct {
	Ticket ID
	At     time.Duration // since the start of the scenario
	Kind   EventKind
	Status Status // the status after the event
	Class  Class
	Team   Team  // who did it, for Started, Replied, Returned and Noted; who is responsible, for Assigned; else NoTeam
	Agent  int32 // the agent's number within the desk; -1 for nobody
}
