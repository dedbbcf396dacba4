package erlang

import "math"

// Heads is Agents before the last step: the number of agents that keeps the promise,
// not rounded up to whole ones. Between two whole numbers each quantity that is
// promised (service level, one over the speed of answer, occupancy, abandonment) is
// taken on the straight line between its values at both, and the last of the
// demands to be met decides; so the answer is whole where a whole number just meets
// the promise, lies in (Agents − 1, Agents], and loads of queues that are staffed
// together can be added up before anything is rounded. Below the load Erlang C has
// no steady state: there the line begins at the load itself, where nobody is
// served in time and everybody is busy.
func (t Target) Heads(l Load, patience float64) (float64, error) {
	agents, err := t.Agents(l, patience)
	if err != nil {
		return 0, err
	}
	above := t.kept(l, agents, patience)
	low := float64(agents - 1)
	var below [4]float64
	if patience == 0 || math.IsInf(patience, 1) {
		low = max(low, l.Erlangs())
	}
	if low == float64(agents-1) && agents > 1 {
		below = t.kept(l, agents-1, patience)
	} else {
		below = [4]float64{2: -1, 3: -1}
	}
	asked := [4]float64{t.Level, 0, -t.Occupancy, -t.Abandon}
	if t.ASA > 0 {
		asked[1] = 1 / t.ASA
	}
	part := 0.
	for i, want := range asked {
		if want == 0 || below[i] >= want {
			continue
		}
		part = max(part, (want-below[i])/(above[i]-below[i]))
	}
	return low + min(part, 1)*(float64(agents)-low), nil
}

// kept is what some agents achieve of the four demands, more being better.
func (t Target) kept(l Load, agents int, patience float64) [4]float64 {
	if patience == 0 || math.IsInf(patience, 1) {
		q, err := NewC(l, agents)
		if err != nil {
			return [4]float64{2: -1}
		}
		return [4]float64{q.ServiceLevel(t.Within), 1 / q.ASA(), -q.Occupancy(), 0}
	}
	q, err := NewA(l, agents, patience)
	if err != nil {
		return [4]float64{2: -1, 3: -1}
	}
	return [4]float64{q.ServiceLevel(t.Definition, t.Within), 1 / q.ASA(), -q.Occupancy(), -q.Abandon()}
}
