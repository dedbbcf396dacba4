package fitted

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

var monthWords = [12]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// season writes what the months bring, where the history is long enough to say it.
func (d *scenario) season(v *draft.Map, st *fit.Stream) {
	if !st.Seasonal {
		return
	}
	m := v.Map("season", "the geometric mean is 100 %")
	for i, word := range monthWords {
		m.Set(word, percent(st.Season[i].Value), interval(st.Season[i], percent))
	}
}

// seasonless says why a scenario has no season.
func (d *scenario) seasonless() string {
	for i := range d.f.Streams {
		if d.f.Streams[i].Seasonal {
			return ""
		}
	}
	if days := fit.FewestForSeason; d.f.Days < days {
		return fmt.Sprintf("Seasons of the year are not fitted: that takes %d days, two of each month, and the history has %d. Where you know them write season: {dec: 140%%}.", days, d.f.Days)
	}
	return "Seasons of the year are not written: the months differ by no more than chance."
}
