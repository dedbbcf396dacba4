package roster

import "time"

// Span is when a shift starts and ends, in minutes since the midnight of its day.
type Span struct{ From, To int }

// rests reports whether there is rest enough between what a person does on a day and on the next.
func (w *Week) rests(shift *[7]int, d int) bool {
	a, b := shift[d], shift[(d+1)%7]
	if a < 0 || b < 0 || a >= len(w.Hours) || b >= len(w.Hours) {
		return true
	}
	return time.Duration(day+w.Hours[b].From-w.Hours[a].To)*time.Minute >= w.Rest
}

// short counts how often around a day a person has too little rest.
func (w *Week) short(shift *[7]int, d int) (n int) {
	for _, before := range []int{(d + 6) % 7, d} {
		if !w.rests(shift, before) {
			n++
		}
	}
	return n
}

// Short counts how often in a week people have less rest between two shifts than Rest.
func (w *Week) Short(people []Person) (n int) {
	for i := range people {
		for d := range 7 {
			if !w.rests(&people[i].Shift, d) {
				n++
			}
		}
	}
	return n
}

// giveRest lets two people swap their shifts of a day as long as that leaves fewer without rest enough, with
// whoever's start is nearest. It finds what swaps can do, which may be less than can be done.
func (w *Week) giveRest(people []Person) {
	for again := true; again; {
		again = false
		for d := range 7 {
			for i := range people {
				if w.short(&people[i].Shift, d) == 0 || people[i].Shift[d] == Off {
					continue
				}
				if j := w.partner(people, i, d); j >= 0 {
					people[i].Shift[d], people[j].Shift[d] = people[j].Shift[d], people[i].Shift[d]
					again = true
				}
			}
		}
	}
}

// partner is with whom a person best swaps the shift of a day; -1 if that helps with nobody.
func (w *Week) partner(people []Person, i, d int) int {
	best, nearest := -1, 0
	for j := range people {
		mine, theirs := people[i].Shift, people[j].Shift
		if j == i || theirs[d] == Off || theirs[d] == mine[d] {
			continue
		}
		now := w.short(&mine, d) + w.short(&theirs, d)
		mine[d], theirs[d] = theirs[d], mine[d]
		if w.short(&mine, d)+w.short(&theirs, d) >= now {
			continue
		}
		apart := 0
		if a, b := mine[d], theirs[d]; a >= 0 && b >= 0 && a < len(w.Hours) && b < len(w.Hours) {
			apart = max(w.Hours[a].From-w.Hours[b].From, w.Hours[b].From-w.Hours[a].From)
		}
		if best < 0 || apart < nearest {
			best, nearest = j, apart
		}
	}
	return best
}
