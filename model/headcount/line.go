package headcount

// Line is a month of a team. Heads are expected values.
type Line struct {
	Net, Gross float64 // asked for: at work, and on the payroll
	// People for good: Opening + Agreed + Starts − Leavers = Closing.
	Opening, Agreed, Starts, Leavers, Closing float64
	// Means over the month's days: people of a fixed term, in class, and the work that all do, in
	// full heads of the payroll.
	Temps, Class, Heads float64
	// Low and High are the ends of the middle 95 % of Heads by who leaves, Least and Most those of Gross by how far demand is from
	// its forecast, and Short is the chance that heads are fewer than are asked for, by both (see law.go and need.go).
	Low, High, Least, Most, Short float64

	Payroll, Hiring, Cumulated float64 // money; Cumulated is of both, from the first month on
}

// Gap is by how many heads a month has more than its work asks for; below 0 it has fewer.
func (l *Line) Gap() float64 { return l.Heads - l.Gross }

// Lines are the months of a team when so many begin in each of them; nil for nobody.
func (p *Plan) Lines(t *Team, starts []float64) []Line {
	lines := make([]Line, len(p.Months))
	cohorts := t.all(p, starts)
	total := 0.
	for m := range lines {
		l, month := &lines[m], &p.Months[m]
		l.Net, l.Gross = t.Net[m], p.Gross(t, m)
		paid, hired := 0., 0.
		for i := range cohorts {
			c := &cohorts[i]
			x := t.present(c, month)
			l.Heads += c.Heads * x.work
			l.Class += c.Heads * x.class
			paid += c.Heads * x.there
			if c.Until > 0 {
				l.Temps += c.Heads * x.there
				continue
			}
			l.Opening += c.Heads * x.opening
			l.Closing += c.Heads * x.closing
			if c.Day >= month.From && c.Day < month.To && x.opening == 0 {
				l.Agreed += c.Heads
			}
		}
		if m < len(starts) {
			l.Starts = starts[m]
			l.Agreed -= starts[m]
			hired = starts[m]
		}
		l.Agreed = settled(l.Agreed)
		l.Leavers = settled(l.Opening + l.Agreed + l.Starts - l.Closing)
		l.Payroll = paid * t.Week * float64(month.Days()) / daysInAWeek * t.Rate
		l.Hiring = hired * t.Hiring.Cost
		total += l.Payroll + l.Hiring
		l.Cumulated = total
		law := t.law(cohorts, month)
		l.Low, l.High = law.quantile(0.025), law.quantile(0.975)
		l.Least, l.Most = p.between(t, m)
		l.Short = p.short(law, t, m, 0)
	}
	return lines
}

// settled is 0 for what is 0 but for rounding.
func settled(x float64) float64 {
	if x < 1e-9 && x > -1e-9 {
		return 0
	}
	return x
}

// all are a team's people with those who begin.
func (t *Team) all(p *Plan, starts []float64) []Cohort {
	all := append([]Cohort(nil), t.People...)
	for m, n := range starts {
		if n > 0 {
			c := t.begin(&p.Months[m])
			c.Heads = n
			all = append(all, c)
		}
	}
	return all
}

// Yield is what somebody who begins in one month does in each, in full heads.
func (p *Plan) Yield(t *Team, start int) []float64 {
	c := t.begin(&p.Months[start])
	out := make([]float64, len(p.Months))
	for m := range out {
		out[m] = t.present(&c, &p.Months[m]).work
	}
	return out
}

// Buffer is how many heads a month must have on average beyond what the demand that is written asks for, so that it suffices with a chance.
func (p *Plan) Buffer(t *Team, starts []float64, month int, sure float64) float64 {
	cohorts := t.all(p, starts)
	law := t.law(cohorts, &p.Months[month])
	heads := p.headsIn(t, starts, month)
	gross := p.Gross(t, month)
	over := 0.
	for _, need := range p.needs(t, month) {
		over = max(over, need-gross)
	}
	low, high := 0., over+heads
	for high-low > 1e-4 {
		if b := (low + high) / 2; p.short(law, t, month, b-heads+gross) > 1-sure {
			low = b
		} else {
			high = b
		}
	}
	return high
}
