package erlang

import (
	"fmt"
	"math"
)

// A is the queue of Erlang A, M/M/n+M: as C, but every customer has a patience,
// exponential with mean Patience, and leaves when it ends before he is served
// (Palm 1946; Garnett, Mandelbaum and Reiman 2002, Manufacturing & Service
// Operations Management 4(3)). It has a steady state under any load. Use NewA.
type A struct {
	Load
	Agents   int
	Patience float64

	waiting float64
	tail    tail
}

// Bounds of the mean patience, counted in mean times between arrivals. Outside
// them the queue is one of C or B to more digits than anybody needs.
const (
	minPatience = 1e-12
	maxPatience = 1e12
)

// NewA works out Erlang A. patience is the mean patience, positive and finite;
// for customers who wait for ever there is C.
func NewA(l Load, agents int, patience float64) (A, error) {
	if err := l.check(agents); err != nil {
		return A{}, err
	}
	switch {
	case !(patience > 0) || math.IsInf(patience, 0):
		return A{}, fmt.Errorf("mean patience must be positive and finite, not %v", patience)
	case l.Rate*patience > maxPatience:
		return A{}, fmt.Errorf("a mean patience of %v is as good as infinite: Erlang C applies", patience)
	case l.Rate*patience < minPatience:
		return A{}, fmt.Errorf("a mean patience of %v is as good as none: Erlang B applies", patience)
	}
	q := A{Load: l, Agents: agents, Patience: patience}
	a, n := l.Erlangs(), float64(agents)
	q.tail = sumTail(n*patience/l.Handle, l.Rate*patience)
	// States below n weigh n/a · 1/B(n−1) times state n, states from n on
	// exp(logSum) times.
	below := n / a * inverseB(a, agents-1)
	q.waiting = 1 / (1 + below*math.Exp(-q.tail.logSum))
	return q, nil
}

// Waiting is the probability that an arrival finds all agents busy. He then
// waits, until he is served or leaves.
func (q A) Waiting() float64 { return q.waiting }

// Abandon is the share of arrivals that leave without being served.
func (q A) Abandon() float64 { return q.waiting * q.tail.mean / q.tail.y }

// served is 1 − Abandon, added up from the served so that it keeps its digits
// where nearly everybody leaves.
func (q A) served() float64 { return 1 - q.waiting + q.waiting*q.tail.served }

// MeanWait is the mean wait over all arrivals, however it ends and those who do
// not wait included. It is always Patience × Abandon.
func (q A) MeanWait() float64 { return q.Patience * q.Abandon() }

// ASA is the mean wait of those who are served, those served at once included: the
// average speed of answer. It is shorter than MeanWait would suggest, for the
// longest waits tend to end on the other side.
func (q A) ASA() float64 {
	return q.waiting * q.tail.servedWait * q.Patience / q.served()
}

// Queue is the mean number of waiting customers (Little: rate × MeanWait).
func (q A) Queue() float64 { return q.Rate * q.MeanWait() }

// Occupancy is the share of their time that agents are busy.
func (q A) Occupancy() float64 {
	return min(q.Erlangs()*q.served()/float64(q.Agents), 1) // but for rounding
}

// Definition is a meaning of "service level within t" where customers abandon.
// The five differ by several points when many leave, so a service level is
// stated with its definition.
type Definition uint8

// The definitions. W is the wait however it ends, V the virtual wait: how long a
// customer of endless patience would wait in his place.
const (
	// ServedOfOffered is the share of all arrivals that are served within t.
	// The strictest: every abandonment counts against it.
	ServedOfOffered Definition = iota
	// ServedOfServed is the share of the served that are served within t.
	// Abandonment is left out.
	ServedOfServed
	// ServedOfPatient is the served within t over the arrivals without those who
	// leave within t: short abandonment is left out, late counts against.
	ServedOfPatient
	// WaitOfOffered is P(W ≤ t), the share of all arrivals whose wait ends within
	// t either way: short abandonment counts as met.
	WaitOfOffered
	// VirtualOfOffered is P(V ≤ t), the share of all arrivals that would be
	// served within t if they stayed.
	VirtualOfOffered
)

var definitionNames = [...]string{
	ServedOfOffered:  "served within / offered",
	ServedOfServed:   "served within / served",
	ServedOfPatient:  "served within / (offered - abandoned within)",
	WaitOfOffered:    "served or abandoned within / offered",
	VirtualOfOffered: "virtual wait within / offered",
}

// Definitions lists all definitions.
func Definitions() []Definition {
	return []Definition{ServedOfOffered, ServedOfServed, ServedOfPatient, WaitOfOffered, VirtualOfOffered}
}

// String is the definition as a fraction in words.
func (d Definition) String() string { return definitionNames[d] }

// ServiceLevel is the service level within a time, by the definition. It panics
// for a Definition that is none.
func (q A) ServiceLevel(d Definition, within float64) float64 {
	if within < 0 {
		return 0
	}
	late, lateServed := q.beyond(within)
	served := q.served()
	// Of those whom the queue would keep beyond t, these are patient enough to be
	// in it still.
	waiting := late * math.Exp(-within/q.Patience)
	servedWithin := max(served-lateServed, 0)
	switch d {
	case ServedOfOffered:
		return servedWithin
	case ServedOfServed:
		return servedWithin / served
	case ServedOfPatient:
		return servedWithin / (servedWithin + waiting)
	case WaitOfOffered:
		return 1 - waiting
	case VirtualOfOffered:
		return 1 - late
	}
	panic(fmt.Sprintf("erlang: no definition %d", d))
}

// beyond is P(V > t) and P(V > t and served). With x = n·Patience/Handle,
// y = Rate·Patience and z = exp(−t/Patience), the density of the virtual wait V
// is proportional to
//
//	exp( y (1 − exp(−v/Patience)) − x v/Patience )
//
// for v > 0 (Mandelbaum and Zeltyn 2007, "Service Engineering in Action", in
// Advances in Services Innovations, for exponential patience). Its integral from
// t on is the same sum over states as that from 0, at y·z in place of y.
func (q A) beyond(t float64) (late, lateServed float64) {
	z := math.Exp(-t / q.Patience)
	x, y := q.tail.x, q.tail.y
	phase := -y*math.Expm1(-t/q.Patience) - x*t/q.Patience - q.tail.logSum
	late = q.waiting * math.Exp(phase+sumTail(x, y*z).logSum)
	lateServed = q.waiting * x * z / (x + 1) * math.Exp(phase+sumTail(x+1, y*z).logSum)
	return min(late, 1), min(lateServed, 1)
}
