package pricing

// Quote is what the contracts of a book must cost, and why.
type Quote struct {
	*Book
	Terms        Terms
	Level        float64 // of all intervals
	Whole        Exposure
	Fees         Fees // of all contracts together
	Deals        []Priced
	Correlations []Together
	// Alternatives are those of all contracts, each contract's together.
	Alternatives []Alternative
	// Combinations are there where several scenarios are compared, and Changes where others were tried.
	Combinations []Combination
	Changes      []Change
	Worst        *Worst // nil where nothing was ever paid
}

// Priced is one contract of the book.
type Priced struct {
	Deal *Deal
	Exposure
	Fees Fees
}

// NewQuote prices a book.
func NewQuote(b *Book, t Terms, level float64) *Quote {
	q := &Quote{Book: b, Terms: t, Level: level, Whole: b.Whole(level), Fees: b.Reprice(t, level), Correlations: b.Correlations(level)}
	for _, i := range b.own() {
		q.Deals = append(q.Deals, Priced{&b.Deals[i], b.Exposure(i, level), b.Price(i, t, level)})
	}
	for of := range b.Deals {
		for i := range b.Deals {
			if b.Deals[i].Of == of {
				q.Alternatives = append(q.Alternatives, b.alternative(i, t, level))
			}
		}
	}
	if w, ok := b.Worst(); ok {
		q.Worst = &w
	}
	return q
}
