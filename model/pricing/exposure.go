package pricing

import (
	"github.com/headroom-sim/headroom/model/estimate"
)

// Exposure is what credits may come to, of one deal or of all contracts together. Money is in units of the
// currency, for all the months of a year.
type Exposure struct {
	Deal    string // empty for the whole book
	Fees    float64
	Credits estimate.Estimate // the mean of a year
	// PaysMonth is the share of periods, and PaysYear that of years, in which anything is paid.
	PaysMonth, PaysYear estimate.Estimate
	Quantiles           []Tail // of years, the median first
	CVaR                []Tail // mean of the worst years
	Serve               estimate.Estimate
	// Before and After are the margin, fees less cost to serve, before and after credits.
	Before, After estimate.Estimate
	Yearly        []float64 // credits, by year
}

// Tail is a quantile, or the mean beyond it.
type Tail struct {
	P float64
	estimate.Estimate
	// Needs is how many years have 30 of them beyond the quantile, in the mean.
	Needs int
}

// The levels at which tails are shown.
var (
	quantiles = []float64{0.5, 0.9, 0.95, 0.99}
	worst     = []float64{0.95, 0.99}
)

// needed is how many observations lie beyond a quantile where its tail can be trusted: see estimate.FewExceedances.
const needed = 30

// Needs is how many years it takes until 30 of them lie beyond the p-quantile.
func Needs(p float64) int { return int(needed/(1-p) + 0.5) }

// line is what one deal paid in a year.
type line struct {
	total         float64
	paying, lines float64
	byMonth       []float64
}

// lines settles a deal in every year at the fee that it states.
func (b *Book) lines(deal int) []line {
	d := &b.Deals[deal]
	out, stretch := make([]line, len(b.Years)), b.stretch(deal)
	for y := range b.Years {
		s := b.settle(deal, y, d.Fee.Minor)
		l := line{total: s.Total.Float() * stretch, lines: float64(len(s.Lines)), byMonth: make([]float64, len(b.Months))}
		for i := range s.Lines {
			if s.Lines[i].Credit.Minor > 0 {
				l.paying++
			}
			l.byMonth[b.monthOf(s.Lines[i].Span)] += s.Lines[i].Credit.Float()
		}
		out[y] = l
	}
	return out
}

// exposed is the exposure of what was paid at these fees, by years with their cost to serve.
func exposed(name string, fees float64, lines []line, serve []float64, level float64) Exposure {
	n := len(lines)
	x := Exposure{Deal: name, Fees: fees, Yearly: make([]float64, n)}
	paying, of, years, ones := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	before, after := make([]float64, n), make([]float64, n)
	for y := range lines {
		l := &lines[y]
		x.Yearly[y], paying[y], of[y], ones[y] = l.total, l.paying, l.lines, 1
		if l.paying > 0 {
			years[y] = 1
		}
		before[y] = fees - serve[y]
		after[y] = before[y] - l.total
	}
	x.Credits = estimate.Mean(x.Yearly, level)
	x.PaysMonth, x.PaysYear = estimate.Share(paying, of, level), estimate.Share(years, ones, level)
	for _, p := range quantiles {
		x.Quantiles = append(x.Quantiles, Tail{p, estimate.Quantile(x.Yearly, p, level), Needs(p)})
	}
	for _, p := range worst {
		x.CVaR = append(x.CVaR, Tail{p, estimate.CVaR(x.Yearly, p, level), Needs(p)})
	}
	x.Serve, x.Before, x.After = estimate.Mean(serve, level), estimate.Mean(before, level), estimate.Mean(after, level)
	return x
}

// served is the cost to serve of a deal, by year.
func (b *Book) served(deal int) []float64 {
	out := make([]float64, len(b.Years))
	for y := range b.Years {
		out[y] = b.Years[y].Serve[deal]
	}
	return out
}

// Exposure is that of one deal at the fee that it states.
func (b *Book) Exposure(deal int, level float64) Exposure {
	d := &b.Deals[deal]
	return exposed(d.Name, b.yearly(deal), b.lines(deal), b.served(deal), level)
}

// yearly is what a deal's fees come to, in units of the currency.
func (b *Book) yearly(deal int) float64 {
	return b.floats([]int64{b.fees(b.Deals[deal].Fee.Minor)})[0]
}

// Whole is the exposure of all contracts of the book together.
func (b *Book) Whole(level float64) Exposure {
	fees, lines := b.together()
	served := make([]float64, len(b.Years))
	for y := range b.Years {
		served[y] = b.Years[y].Served
	}
	return exposed("", fees, lines, served, level)
}

// together adds the contracts of the book up, year by year.
func (b *Book) together() (fees float64, sum []line) {
	sum = make([]line, len(b.Years))
	for y := range sum {
		sum[y].byMonth = make([]float64, len(b.Months))
	}
	for _, i := range b.own() {
		fees += b.yearly(i)
		for y, l := range b.lines(i) {
			s := &sum[y]
			s.total, s.paying, s.lines = s.total+l.total, s.paying+l.paying, s.lines+l.lines
			for m := range l.byMonth {
				s.byMonth[m] += l.byMonth[m]
			}
		}
	}
	return fees, sum
}

// Together is how two contracts hang together.
type Together struct {
	A, B string
	estimate.Estimate
}

// Correlations are those of the yearly credits of each two contracts of the book. NaN where one of them
// pays the same in every year.
func (b *Book) Correlations(level float64) (out []Together) {
	own := b.own()
	yearly := make([][]float64, len(own))
	for k, i := range own {
		yearly[k] = b.credits(i, b.Deals[i].Fee.Minor)
	}
	for k := range own {
		for j := k + 1; j < len(own); j++ {
			out = append(out, Together{b.Deals[own[k]].Name, b.Deals[own[j]].Name, estimate.Correlation(yearly[k], yearly[j], level)})
		}
	}
	return out
}

// Worst is the month in which the book paid most, of all years.
type Worst struct {
	Year, Month int // indexes
	Credit      float64
	By          []Paid // by contract of the book, of the periods that end in the month
}

// Paid is what a contract paid in the worst month, and why.
type Paid struct {
	Deal   string
	Period string
	Credit float64
	Met    int64
	Judged int64
}

// Worst finds the month in which the book paid most, the first of those that are alike; false where nothing was
// ever paid.
func (b *Book) Worst() (w Worst, ok bool) {
	_, lines := b.together()
	for y := range lines {
		for m, credit := range lines[y].byMonth {
			if credit > w.Credit {
				w.Year, w.Month, w.Credit, ok = y, m, credit, true
			}
		}
	}
	if !ok {
		return w, false
	}
	for _, i := range b.own() {
		d := &b.Deals[i]
		s := b.settle(i, w.Year, d.Fee.Minor)
		for p := range s.Lines {
			l := &s.Lines[p]
			if b.monthOf(l.Span) != w.Month {
				continue
			}
			paid := Paid{Deal: d.Name, Period: l.Name, Credit: l.Credit.Float()}
			for j := range l.Levels {
				paid.Met, paid.Judged = paid.Met+l.Levels[j].Met, paid.Judged+l.Levels[j].Judged
			}
			w.By = append(w.By, paid)
		}
	}
	return w, true
}

// Exceeds is the share of years whose credits are larger than an amount.
func (x *Exposure) Exceeds(amount, level float64) estimate.Estimate {
	more := 0
	for _, credit := range x.Yearly {
		if credit > amount {
			more++
		}
	}
	return estimate.Proportion(more, len(x.Yearly), level)
}
