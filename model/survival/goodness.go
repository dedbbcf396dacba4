package survival

// Goodness says how well a law fits its sample.
type Goodness struct {
	Statistic float64 // Anderson–Darling's
	P         float64 // of a law that fits to be as far off or farther, by parametric bootstrap; NaN if it was not drawn
}
