package contract

import (
	"fmt"
	"strings"
	"time"
)

// PerTicket is an amount for each late clock, by how late it is: that of the last penalty whose Late
// is exceeded. Penalties rise in time and amount; the first is for whatever is late.
type PerTicket struct {
	Penalties []Penalty
}

// Penalty is an amount for a clock that is late by more than some time.
type Penalty struct {
	Late   time.Duration // 0: however little
	Amount Money
}

func (p PerTicket) work(_ *Level, t *Tally, w *Working) { w.Flat = t.Charged }

func (p PerTicket) charge(late time.Duration) (minor int64) {
	for i := range p.Penalties {
		if i == 0 || late > p.Penalties[i].Late {
			minor = p.Penalties[i].Amount.Minor
		}
	}
	return minor
}

func (p PerTicket) check(l *Level, add func(string, ...any)) {
	if len(p.Penalties) == 0 {
		add("there are no penalties")
	}
	for i := range p.Penalties {
		x := &p.Penalties[i]
		switch {
		case i == 0 && x.Late != 0:
			add("the first penalty must be for whatever is late, it begins at %v", x.Late)
		case i > 0 && (x.Late <= p.Penalties[i-1].Late || x.Amount.Minor < p.Penalties[i-1].Amount.Minor):
			add("what is later must not cost less: %v after %v", x.Amount, p.Penalties[i-1].Amount)
		}
		checkCharge(x.Amount, add)
	}
	checkCharged(l, add)
}

// mostCharged bounds the penalty of a clock, in minor units, so that those of all clocks fit into 64 bits.
const mostCharged = 1_000_000_000

func checkCharge(m Money, add func(string, ...any)) {
	if m.Minor < 0 || m.Minor > mostCharged {
		add("a penalty must be between nothing and %v, it is %v", Money{mostCharged, m.Currency}, m)
	}
}

func checkCharged(l *Level, add func(string, ...any)) {
	if l.Measure != Attained {
		add("penalties of single tickets are of a share of clocks, not of a percentile or mean")
	}
}

// String implements Scheme.
func (p PerTicket) String() string {
	parts := make([]string, len(p.Penalties))
	for i, x := range p.Penalties {
		parts[i] = fmt.Sprintf("%v for each that is late", x.Amount)
		if x.Late > 0 {
			parts[i] = fmt.Sprintf("%v if by more than %s", x.Amount, lasting(x.Late))
		}
	}
	return strings.Join(parts, ", ")
}

// PerDelay is an amount for each started Stretch that a clock is late, at most Most for a clock.
type PerDelay struct {
	Amount  Money
	Stretch time.Duration
	Most    Money // nothing for no limit but that of the contract
}

func (p PerDelay) work(_ *Level, t *Tally, w *Working) { w.Flat = t.Charged }

func (p PerDelay) charge(late time.Duration) int64 {
	n := max(int64((late+p.Stretch-1)/p.Stretch), 1)
	most := p.Most.Minor
	if most == 0 {
		most = mostCharged
	}
	if p.Amount.Minor > 0 && n > most/p.Amount.Minor {
		return most
	}
	return min(n*p.Amount.Minor, most)
}

func (p PerDelay) check(l *Level, add func(string, ...any)) {
	checkCharge(p.Amount, add)
	checkCharge(p.Most, add)
	if p.Stretch <= 0 {
		add("the stretch of a penalty must be above 0s, it is %v", p.Stretch)
	}
	if p.Most.Minor > 0 && p.Most.Minor < p.Amount.Minor {
		add("the most that a ticket costs, %v, is less than its first penalty, %v", p.Most, p.Amount)
	}
	checkCharged(l, add)
}

// String implements Scheme.
func (p PerDelay) String() string {
	text := fmt.Sprintf("%v for each started %s that a ticket is late", p.Amount, lasting(p.Stretch))
	if p.Most.Minor > 0 {
		text += fmt.Sprintf(", at most %v", p.Most)
	}
	return text
}
