package program

import "math"

// Bound is a cost below which nothing can be had, when something is known that
// costs best (+Inf if nothing is). For prices y of the rows it is
//
//	L(y) = Σ y·b + Σ min { (c − yA) x : Lower ≤ x ≤ Upper },
//
// Lagrange's bound, which no choice undercuts whatever y is (Geoffrion 1974, "Lagrangean
// relaxation for integer programming"); b is the lower bound of a row where its price
// is positive, and the upper one where it is negative. Prices are improved by
// subgradient steps of Polyak's length (Held, Wolfe and Crowder 1974); at each step they are also tried
// scaled down until no column pays more than it costs. It comes close to
// the program's bound without whole numbers, from below. Where all costs are
// whole multiples of one amount it is rounded up to the next.
func (p *Program) Bound(best float64, rounds int) float64 {
	upper := p.uppers(best)
	prices, scaled := make([]float64, len(p.Rows)), make([]float64, len(p.Rows))
	bound, sums, choice := math.Inf(-1), make([]float64, len(p.Rows)), make([]float64, len(p.Columns))
	target := best
	if math.IsInf(target, 1) {
		target = p.guess()
	}
	length, idle, top, tops := 1.5, 0, math.Inf(-1), make([]float64, len(p.Rows))
	for range rounds {
		if scale := p.scale(prices); scale < 1 {
			for i, y := range prices {
				scaled[i] = y * scale
			}
			bound = max(bound, p.lagrange(scaled, upper, choice))
		}
		value := p.lagrange(prices, upper, choice)
		bound = max(bound, value)
		if value-1e-9*max(1, math.Abs(value)) > top {
			top, idle = value, 0
			copy(tops, prices)
		} else if idle++; idle > 15 {
			length, idle = length/2, 0
			copy(prices, tops)
			continue
		}
		if bound >= best || length < 1e-5 || math.IsInf(value, -1) {
			break
		}
		copy(sums, p.Sums(choice))
		square := 0.
		for i := range sums {
			sums[i] = p.Rows[i].slope(prices[i], sums[i])
			square += sums[i] * sums[i]
		}
		if square == 0 {
			break
		}
		step := length * max(target-value, 1e-6*max(1, math.Abs(value))) / square
		for i, d := range sums {
			prices[i] = p.Rows[i].priced(prices[i] + step*d)
		}
	}
	return min(p.roundUp(bound), best)
}

// scale is the largest factor, at most 1, by which prices can be multiplied so that no column
// pays more than it costs; 1 if there is none above 0.
func (p *Program) scale(prices []float64) float64 {
	scale := 1.
	for j := range p.Columns {
		c := &p.Columns[j]
		pays := 0.
		for _, e := range c.Entries {
			pays += prices[e.Row] * e.Coef
		}
		if pays > c.Cost && c.Cost > 0 {
			scale = min(scale, c.Cost/pays)
		}
	}
	return scale
}

// slope is how L grows with a row's price, where the row has a sum.
func (r *Row) slope(price, sum float64) float64 {
	switch {
	case price > 0 || price == 0 && sum < r.Lower:
		return r.Lower - sum
	case price < 0 || price == 0 && sum > r.Upper:
		return r.Upper - sum
	}
	return 0
}

// priced is a price that a row may have: none for a bound that it lacks.
func (r *Row) priced(y float64) float64 {
	if y > 0 && math.IsInf(r.Lower, -1) || y < 0 && math.IsInf(r.Upper, 1) {
		return 0
	}
	return y
}

// lagrange is L(y), and the choice for which it is.
func (p *Program) lagrange(prices, upper, choice []float64) (value float64) {
	for i, y := range prices {
		switch r := &p.Rows[i]; {
		case y > 0:
			value += y * r.Lower
		case y < 0:
			value += y * r.Upper
		}
	}
	for j := range p.Columns {
		c := &p.Columns[j]
		reduced := c.Cost
		for _, e := range c.Entries {
			reduced -= prices[e.Row] * e.Coef
		}
		choice[j] = c.Lower
		if reduced < 0 {
			choice[j] = upper[j]
			if math.IsInf(choice[j], 1) {
				return math.Inf(-1)
			}
		}
		value += reduced * choice[j]
	}
	return value
}

// uppers are upper bounds of the columns, within which there is a choice as cheap as any that
// costs no more than best.
func (p *Program) uppers(best float64) []float64 {
	least, signed := 0., true // the cost of all lower bounds, if no cost is negative
	for j := range p.Columns {
		c := &p.Columns[j]
		signed = signed && c.Cost >= 0
		least += c.Cost * c.Lower
	}
	upper, alone := make([]float64, len(p.Columns)), p.alone()
	for j := range p.Columns {
		c := &p.Columns[j]
		most := alone[j]
		if signed && c.Cost > 0 && !math.IsInf(best, 1) {
			most = min(most, c.Lower+(best-least)/c.Cost)
		}
		if c.Integer {
			most = math.Floor(most + Tolerance)
		}
		upper[j] = max(c.Lower, min(c.Upper, most))
	}
	return upper
}

// alone is how much of each column covers all its rows by itself, so that no more of it is
// worth anything; +Inf where more may be: it saves costs, or other columns or upper
// bounds of its rows may be in the way.
func (p *Program) alone() []float64 {
	covers := make([]bool, len(p.Rows))
	for i, r := range p.Rows {
		covers[i] = math.IsInf(r.Upper, 1)
	}
	for j := range p.Columns {
		c := &p.Columns[j]
		for _, e := range c.Entries {
			covers[e.Row] = covers[e.Row] && e.Coef >= 0 && c.Lower >= 0
		}
	}
	most := make([]float64, len(p.Columns))
	for j := range p.Columns {
		c := &p.Columns[j]
		if c.Cost < 0 {
			most[j] = math.Inf(1)
			continue
		}
		for _, e := range c.Entries {
			switch {
			case !covers[e.Row]:
				most[j] = math.Inf(1)
			case e.Coef > 0:
				most[j] = max(most[j], p.Rows[e.Row].Lower/e.Coef)
			}
		}
		if c.Integer {
			most[j] = math.Ceil(most[j] - Tolerance)
		}
	}
	return most
}

// guess is a cost that the best choice might have, of the right order.
func (p *Program) guess() (sum float64) {
	for j := range p.Columns {
		c := &p.Columns[j]
		sum += math.Abs(c.Cost) * max(math.Abs(c.Lower), 1)
	}
	return sum
}

// roundUp is the least cost that a choice can have and that is not below a bound.
func (p *Program) roundUp(bound float64) float64 {
	unit := p.unit()
	if unit == 0 || math.IsInf(bound, 0) {
		return bound
	}
	return math.Ceil(bound/unit-Tolerance) * unit
}

// unit is the amount of which all costs are whole multiples; 0 if there is none, or it
// is not to be told from rounding.
func (p *Program) unit() (unit float64) {
	for j := range p.Columns {
		c := &p.Columns[j]
		if c.Cost == 0 {
			continue
		}
		cost := math.Abs(c.Cost)
		if !c.Integer || cost != math.Trunc(cost) || cost > 1<<40 {
			return 0
		}
		for a := unit; a > 0; {
			cost, a = a, math.Mod(cost, a)
			unit = cost
		}
		if unit == 0 {
			unit = cost
		}
	}
	return unit
}
