package outcome

// Plan is what was planned for a scenario, in short: who is to work and when, what is expected to come, and who
// is served first. It is there so that what is compared later can be told by its cause.
type Plan struct {
	Routing string       `json:"routing"` // who is served first: fifo, priority, earliest_due or nearest_breach
	Teams   []TeamPlan   `json:"teams"`   // those of the scenario, in its order
	Streams []StreamPlan `json:"streams"` // what is expected to come
}

// TeamPlan is one team as it is planned.
type TeamPlan struct {
	Name        string      `json:"name"`
	CostPerHour float64     `json:"cost_per_hour"` // of a paid hour at the base rate, in currency
	Shrinkage   float64     `json:"shrinkage"`     // planned: the share of paid time in which people are not available
	PaidHours   float64     `json:"paid_hours"`    // planned for the measured time
	Shifts      []ShiftPlan `json:"shifts"`        // its shifts, in the order of the scenario
}

// ShiftPlan is one shift as it is planned.
type ShiftPlan struct {
	Name      string  `json:"name"`
	Heads     float64 `json:"heads"`      // on the payroll
	When      string  `json:"when"`       // in words: Mon–Fri 07:00–15:30
	PaidHours float64 `json:"paid_hours"` // planned for the measured time
}

// StreamPlan is what one stream of tickets is expected to bring.
type StreamPlan struct {
	Name    string  `json:"name"`
	Tickets float64 `json:"tickets"` // the mean, in the measured time, with spikes and without what depends on the desk
}
