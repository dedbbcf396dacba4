package erlang

// B is the queue of Erlang B, M/G/n/n: who finds all agents busy is lost. Only
// the mean of the handling times matters. Use NewB.
type B struct {
	Load
	Agents   int
	blocking float64
}

// NewB works out Erlang B.
func NewB(l Load, agents int) (B, error) {
	if err := l.check(agents); err != nil {
		return B{}, err
	}
	return B{Load: l, Agents: agents, blocking: 1 / inverseB(l.Erlangs(), agents)}, nil
}

// Blocking is the probability that an arrival finds all agents busy and is lost.
func (q B) Blocking() float64 { return q.blocking }

// Carried is the load that is served, in erlangs: the mean number of busy agents.
func (q B) Carried() float64 { return q.Erlangs() * (1 - q.blocking) }

// Occupancy is the share of their time that agents are busy.
func (q B) Occupancy() float64 { return q.Carried() / float64(q.Agents) }

// inverseB is one over the blocking probability, by the recursion
//
//	1/B(0) = 1,  1/B(k) = 1 + k/a · 1/B(k−1)
//
// (Jagerman 1974, Bell System Technical Journal 53(3)). It adds positive numbers
// only, so that no digits are lost, and where it overflows to +Inf the
// probability is below what a float64 can hold and is 0.
func inverseB(erlangs float64, agents int) float64 {
	inverse := 1.
	for k := 1; k <= agents; k++ {
		inverse = 1 + float64(k)/erlangs*inverse
	}
	return inverse
}
