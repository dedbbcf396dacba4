package model

// CheckPromises is Check for a scenario of which nothing but the promises is used, as for the
// audit of a log: calendars, policies, relaxations, contracts and exceptions, with the
// names that they speak of. Whether the demand brings tickets that they are about is not asked.
func (s *Scenario) CheckPromises() []Problem {
	c := &checker{s: s, seen: map[Problem]bool{}}
	c.names()
	c.calendars()
	c.policies()
	for i := range s.SLA.Relaxations {
		x := &s.SLA.Relaxations[i]
		for j := range x.Targets {
			c.relaxed(&x.Targets[j], entry("sla.relaxations", x.Name, i)+"."+x.Targets[j].Metric.String())
		}
	}
	for i := range s.Contracts {
		k := &s.Contracts[i]
		c.contractTerms(k, entry("contracts", k.Name, i))
	}
	return c.problems
}
