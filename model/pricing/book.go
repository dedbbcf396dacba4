package pricing

import (
	"github.com/headroom-sim/headroom/model/contract"
)

// Book is contracts with what the years have counted for them.
type Book struct {
	Scenario string
	Currency string
	Months   []contract.Span // whole calendar months, one after the other
	Deals    []Deal
	Years    []Year // at least one
	// LeftOut are alternatives of whose periods the months are no whole number.
	LeftOut []string
}

// Deal is a contract of the book, or an alternative to one.
type Deal struct {
	*contract.Contract
	// Of is the index of the contract that it is an alternative of; -1 for a contract of the book itself.
	Of      int
	Periods []contract.Span // those that lie within the months as a whole
	// Plain says that it is the contract itself, without the scenario's exceptions.
	Plain bool
}

// stretch is by how much the months are longer than the periods of a deal: weeks fit into no months, so that those
// which the ends cut are left out, and the others stand for them.
func (b *Book) stretch(deal int) float64 {
	if d := &b.Deals[deal]; d.Period == contract.Weekly {
		return float64(len(b.Months)) / (float64(len(d.Periods)) * 12 / 52)
	}
	return 1
}

// Year is what one replication leaves.
type Year struct {
	Counts [][][]contract.Tally // by deal, period and level
	Cost   float64              // of all staff within the months, in units of the currency
	// Serve is the part of Cost that a deal's tickets have caused, by deal; and Served that of all contracts
	// of the book together, where a ticket that several cover counts once.
	Serve  []float64
	Served float64
	Months []Month
}

// Month is what happened in a calendar month of one year, or in the mean of many, on the whole desk.
type Month struct {
	Arrived  float64
	Judged   []float64 // clocks, by metric
	Late     []float64 // of those, by metric
	Staffed  float64   // agent hours on shift
	Incident []float64 // tickets of incidents, by incident of the scenario
	Down     []float64 // hours, by outage of the scenario
}

// Typical is the mean of a month over all years.
func (b *Book) Typical(month int) Month {
	first := &b.Years[0].Months[month]
	mean := Month{
		Judged: make([]float64, len(first.Judged)), Late: make([]float64, len(first.Late)),
		Incident: make([]float64, len(first.Incident)), Down: make([]float64, len(first.Down)),
	}
	n := float64(len(b.Years))
	for y := range b.Years {
		x := &b.Years[y].Months[month]
		mean.Arrived += x.Arrived / n
		mean.Staffed += x.Staffed / n
		for _, l := range [...][2][]float64{{mean.Judged, x.Judged}, {mean.Late, x.Late}, {mean.Incident, x.Incident}, {mean.Down, x.Down}} {
			for i, v := range l[1] {
				l[0][i] += v / n
			}
		}
	}
	return mean
}

// own lists the indexes of the contracts of the book itself.
func (b *Book) own() (list []int) {
	for i := range b.Deals {
		if b.Deals[i].Of < 0 {
			list = append(list, i)
		}
	}
	return list
}

// at is a deal with another fee.
func (d *Deal) at(minor int64) *contract.Contract {
	k := *d.Contract
	k.Fee.Minor = minor
	return &k
}

// settle settles a deal in one year at a fee.
func (b *Book) settle(deal, year int, fee int64) contract.Settlement {
	d := &b.Deals[deal]
	return d.at(fee).Settle(d.Periods, b.Years[year].Counts[deal])
}

// Credits are what a deal pays back in each year at a monthly fee, in minor units: credits less what is earned back.
func (b *Book) Credits(deal int, fee int64) []int64 {
	out := make([]int64, len(b.Years))
	for y := range b.Years {
		out[y] = b.settle(deal, y, fee).Total.Minor
	}
	return out
}

// Fees is what a deal brings in all months, at a monthly fee, in minor units.
func (b *Book) fees(monthly int64) int64 { return monthly * int64(len(b.Months)) }

// monthOf is the month in which a period ends.
func (b *Book) monthOf(p contract.Span) int {
	for i := range b.Months {
		if p.To <= b.Months[i].To {
			return i
		}
	}
	return len(b.Months) - 1
}

// credits are what a deal pays back in each year at a monthly fee, in units of the currency.
func (b *Book) credits(deal int, fee int64) []float64 {
	out, stretch := b.floats(b.Credits(deal, fee)), b.stretch(deal)
	for y := range out {
		out[y] *= stretch
	}
	return out
}

// floats are amounts in units of the currency.
func (b *Book) floats(minor []int64) []float64 {
	out := make([]float64, len(minor))
	for i, x := range minor {
		out[i] = contract.Money{Minor: x, Currency: b.Currency}.Float()
	}
	return out
}
