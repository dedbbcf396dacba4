package pack

import (
	"math"
	"math/big"
	"strings"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

var nan = math.NaN()

func left(head string) table.Column  { return table.Column{Head: head} }
func right(head string) table.Column { return table.Column{Head: head, Align: table.Right} }

// unit is a column of numbers with its unit.
func unit(head, of string) table.Column {
	return table.Column{Head: head, Unit: of, Align: table.Right}
}

// count is a cell of a count.
func count(n int64) table.Cell { return table.Num(format.Count(float64(n)), float64(n)) }

// attained is a share of counts in percent, to two decimals and rounded down.
func attained(met, judged int64) table.Cell {
	if judged == 0 {
		return table.Num(format.Missing, nan)
	}
	x := new(big.Int).Mul(big.NewInt(met), big.NewInt(10_000))
	hundredths := x.Quo(x, big.NewInt(judged)).Int64()
	return table.Num(format.Decimal(float64(hundredths)/100, 2)+format.Thin+"%", float64(met)/float64(judged))
}

// percent is an exact share in percent with the decimals that it needs, four at most.
func percent(x *big.Rat) string {
	return decimals(new(big.Rat).Mul(x, big.NewRat(100, 1))) + format.Thin + "%"
}

func decimals(x *big.Rat) string {
	s := x.FloatString(4)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "" || s == "-" {
		return "0"
	}
	return s
}

// share is a promised share in percent.
func share(s contract.Share) string { return percent(s.Rat()) }

// money writes an amount to the minor unit: 18 000.00 USD.
func money(m contract.Money) string {
	s, _, _ := strings.Cut(m.String(), " ")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	var b strings.Builder
	if strings.HasPrefix(s, "-") {
		b.WriteByte('-')
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(format.Thin)
		}
		b.WriteRune(d)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	if m.Currency != "" {
		b.WriteString(format.Thin + format.Clean(m.Currency))
	}
	return b.String()
}

// amount is a cell of money, whose currency the head of its column says.
func amount(m contract.Money) table.Cell {
	return table.Num(strings.TrimSuffix(money(m), format.Thin+format.Clean(m.Currency)), m.Float())
}

// clockName is what a clock is about: next reply, round 2.
func clockName(n *ticket.Names, c *audit.Clock) string {
	name := format.Words(c.Metric.String())
	if team := c.Owner.Team(); team != ticket.NoTeam {
		name += " of " + format.Clean(n.Teams[team])
	}
	if c.Until == sla.Taken {
		name += " until taken"
	}
	if c.Metric.InRounds() || c.Round > 1 {
		name += ", round " + format.Count(float64(c.Round))
	}
	return name
}

// partWords is one part of a cause: waiting for a first touch 5 h 3 min.
func partWords(n *ticket.Names, p audit.Part) string {
	words := p.Kind.String()
	if p.Team != ticket.NoTeam && int(p.Team) < len(n.Teams) {
		switch p.Kind {
		case audit.InHand:
			words += " of " + format.Clean(n.Teams[p.Team])
		case audit.HandedOff:
			words = "handed off to " + format.Clean(n.Teams[p.Team]) + ", untouched"
		}
	}
	return words + " " + format.Exact(p.Time)
}

// why says in one line what the time of a breach went into, the most important first.
func why(n *ticket.Names, c *audit.Clock) string {
	var words []string
	switch c.Cause.Why {
	case audit.GaveUp:
		words = append(words, "the customer gave up")
	case audit.EarlierTarget:
		words = append(words, "late by an earlier target")
	}
	for _, p := range c.Cause.Parts {
		if p.Time != 0 {
			words = append(words, partWords(n, p))
		}
	}
	if len(words) == 0 {
		return format.Missing
	}
	return strings.Join(words, ", ")
}
