package workforce

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// Forecast is what is expected of each queue.
type Forecast struct {
	Zone     *time.Location
	Interval time.Duration
	Queues   []Queue
	Oddities []Oddity
	First    calendar.Date
	Last     calendar.Date
}

// Queue is one of a forecast.
type Queue struct {
	Name, Channel string
	Volume        float64       // of all intervals
	Handle        time.Duration // the mean of all contacts; 0 if the forecast does not say
	Days          map[calendar.Date][]float64

	handled, seconds float64
}

// The intervals that a forecast may have.
var intervals = []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}

// ReadForecast reads a forecast. The zone is that of times without an offset, and of the days; nil if nobody has
// declared it. An error that is the content's is a *ticketlog.Problem.
func ReadForecast(r io.Reader, zone *time.Location) (*Forecast, error) {
	odd := &oddities{}
	s, err := readSheet(r, odd)
	if err != nil {
		return nil, err
	}
	volume, err := s.column("volume", true, "volume", "forecast", "calls", "contacts", "offered", "forecast volume", "tickets", "count")
	if err != nil {
		return nil, err
	}
	start, err := s.column("start of an interval", true, "start", "interval start", "interval", "start time", "datetime", "date time", "timestamp", "time")
	if err != nil {
		return nil, err
	}
	dates := -1
	if i, _ := s.column("date", false, "date", "day"); i != start {
		dates = i
	}
	at, err := s.times(start, dates, zone, odd)
	if err != nil {
		return nil, err
	}
	if zone == nil {
		zone = time.UTC
	}
	f := &Forecast{Zone: zone}
	if f.Interval, err = interval(at); err != nil {
		return nil, err
	}
	name, _ := s.column("queue", false, "queue", "skill", "queue name", "group", "team", "forecast group")
	channel, _ := s.column("channel", false, "channel", "media", "media type")
	aht, _ := s.column("handling time", false, "aht", "average handle time", "handle time", "average handling time", "handling time")
	for i, row := range s.rows {
		if at[i].IsZero() {
			continue
		}
		cell := func(column int, otherwise string) string {
			if column < 0 || row[column] == "" {
				return otherwise
			}
			return row[column]
		}
		n, err := number(row[volume])
		switch {
		case err != nil:
			odd.add(s.lines[i], "a volume is no number: taken as none")
		case n < 0:
			odd.add(s.lines[i], "a volume is negative: taken as none")
			n = 0
		}
		q := f.queue(cell(name, "contacts"), cell(channel, "phone"))
		fresh, sum := q.add(at[i], f.Interval, n)
		if sum > mostVolume {
			return nil, &ticketlog.Problem{Line: s.lines[i], Text: fmt.Sprintf("a volume of %s in one interval is beyond any desk", plain(sum)), Hint: "is the decimal point another one, or is it a number of something else?"}
		}
		if !fresh {
			odd.add(s.lines[i], "an interval of a queue is there twice: the volumes are added up")
		}
		q.handle(n, cell(aht, ""), s, aht, s.lines[i], odd)
	}
	return f, f.finish(odd)
}

// interval is the step of the times.
func interval(at []time.Time) (time.Duration, error) {
	sorted := slices.SortedFunc(slices.Values(at), time.Time.Compare)
	step := time.Duration(math.MaxInt64)
	for i := 1; i < len(sorted); i++ {
		if d := sorted[i].Sub(sorted[i-1]); d > 0 && !sorted[i-1].IsZero() {
			step = min(step, d)
		}
	}
	if step == math.MaxInt64 {
		return 0, &ticketlog.Problem{Text: "there is one interval, which does not say how long it is"}
	}
	if !slices.Contains(intervals, step) {
		return 0, &ticketlog.Problem{Text: fmt.Sprintf("the intervals are %s long", step), Hint: "want 15, 30 or 60 minutes"}
	}
	return step, nil
}

func (f *Forecast) queue(name, channel string) *Queue {
	for i := range f.Queues {
		if q := &f.Queues[i]; q.Name == name && q.Channel == channel {
			return q
		}
	}
	f.Queues = append(f.Queues, Queue{Name: name, Channel: channel, Days: map[calendar.Date][]float64{}})
	return &f.Queues[len(f.Queues)-1]
}

// mostVolume is the most contacts of an interval, so that those of a day can be simulated.
const mostVolume = 1e6

// add adds a volume; it is not fresh if there was one. The sum is that of the interval.
func (q *Queue) add(at time.Time, step time.Duration, n float64) (fresh bool, sum float64) {
	day := calendar.DateOf(at)
	if q.Days[day] == nil {
		q.Days[day] = slices.Repeat([]float64{-1}, int(24*time.Hour/step)) // -1: nothing is said
	}
	i := (at.Hour()*60 + at.Minute()) * int(time.Minute) / int(step)
	fresh = q.Days[day][i] < 0
	q.Days[day][i] = max(q.Days[day][i], 0) + n
	q.Volume += n
	return fresh, q.Days[day][i]
}

// handle adds the handling time of an interval.
func (q *Queue) handle(n float64, text string, s *sheet, column, line int, odd *oddities) {
	if column < 0 || text == "" {
		return
	}
	seconds, err := handleTime(text, s.header[column])
	switch {
	case err != nil || seconds < 0:
		odd.add(line, "a handling time cannot be read, or is negative: passed over")
	case seconds > 0:
		q.handled += n
		q.seconds += n * seconds
	}
}

// handleTime is in seconds: a number in the unit that the header names, seconds if it names none, or h:mm:ss.
func handleTime(text, header string) (float64, error) {
	if parts := strings.Split(text, ":"); len(parts) > 1 {
		total := 0.0
		for _, part := range parts {
			x, err := number(part)
			if err != nil || x < 0 {
				return 0, errNumber
			}
			total = total*60 + x
		}
		if len(parts) > 3 {
			return 0, errNumber
		}
		return total, nil
	}
	x, err := number(text)
	if header = strings.ToLower(header); strings.Contains(header, "min") {
		x *= 60
	}
	return x, err
}

// finish works out what is left.
func (f *Forecast) finish(odd *oddities) error {
	for i := range f.Queues {
		q := &f.Queues[i]
		if q.handled > 0 {
			q.Handle = time.Duration(q.seconds / q.handled * float64(time.Second)).Round(time.Second)
		}
		for day, volumes := range q.Days {
			if f.First.IsZero() || day.Compare(f.First) < 0 {
				f.First = day
			}
			if f.Last.IsZero() || day.Compare(f.Last) > 0 {
				f.Last = day
			}
			for k, v := range volumes {
				if v < 0 {
					volumes[k] = 0
				}
			}
		}
	}
	f.Oddities = *odd
	total := 0.0
	for i := range f.Queues {
		total += f.Queues[i].Volume
	}
	if total == 0 {
		return &ticketlog.Problem{Text: "no contact is expected in it"}
	}
	return nil
}

// monday is the first day of a week.
func monday(d calendar.Date) calendar.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

var dayWords = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Draft is a scenario with what the forecast says, and with a team that can do the work, which is assumed.
func (f *Forecast) Draft() *draft.Map {
	doc := draft.New()
	t := doc.Map("time", "")
	t.Set("zone", f.Zone.String(), "of the forecast")
	t.Set("start", f.First.String(), "the first day of the forecast")
	t.Set("length", strconv.Itoa(days(f.First, f.Last))+"d", "to its last day, "+f.Last.String())
	t.Set("warmup", "0s", "a forecast is of certain days, so none of them is left out")
	t.Set("interval", fmt.Sprintf("%dm", int(f.Interval.Minutes())), "as the forecast has it")
	f.draftChannels(doc)
	f.draftIssues(doc)
	f.draftDemand(doc)
	f.draftTeam(doc)
	return doc
}

// days is how many days there are from one to another, both counted.
func days(a, b calendar.Date) int {
	return int(b.At(0, time.UTC).Sub(a.At(0, time.UTC))/(24*time.Hour)) + 1
}

// live are channels on which customers wait on the line.
var live = []string{"phone", "voice", "call", "chat", "inbound", "messag"}

func (f *Forecast) draftChannels(doc *draft.Map) {
	channels := doc.Map("channels", "")
	for i, name := range draft.Names(f.channels()) {
		m := channels.Map(name, "")
		word := strings.ToLower(f.channels()[i])
		if slices.ContainsFunc(live, func(l string) bool { return strings.Contains(word, l) }) {
			m.Set("live", "true", "by its name")
			m.Set("patience", "exponential(mean 3m)", "assumed: a forecast does not tell")
		} else {
			m.Set("live", "false", "by its name")
		}
	}
}

func (f *Forecast) channels() (all []string) {
	for i := range f.Queues {
		if c := f.Queues[i].Channel; !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// names are the names of queues, with the channel where one queue has several.
func (f *Forecast) names() []string {
	var all []string
	for i := range f.Queues {
		q := &f.Queues[i]
		name := q.Name
		if slices.ContainsFunc(f.Queues, func(o Queue) bool { return o.Name == q.Name && o.Channel != q.Channel }) {
			name += " " + q.Channel
		}
		all = append(all, name)
	}
	return draft.Names(all)
}

// assumedHandle is what a contact takes where a forecast does not say.
const assumedHandle = 5 * time.Minute

func (q *Queue) mean() (time.Duration, string) {
	if q.Handle > 0 {
		return q.Handle, "the mean of all intervals by their volumes; that it varies so much (cv 1) is assumed"
	}
	return assumedHandle, "assumed: the forecast does not tell"
}

func (f *Forecast) draftIssues(doc *draft.Map) {
	issues := doc.Map("issues", "one for each queue")
	for i, name := range f.names() {
		mean, why := f.Queues[i].mean()
		issues.Map(name, "").Set("handle", fmt.Sprintf("lognormal(mean %ds, cv 1)", int(mean.Seconds())), why)
	}
}

// draftDemand has a stream for each week of each queue, which brings what the forecast says, interval by
// interval.
func (f *Forecast) draftDemand(doc *draft.Map) {
	list := doc.List("demand", "the volumes of the forecast, interval by interval; a stream for each week")
	channels := draft.Names(f.channels())
	for i, name := range f.names() {
		q := &f.Queues[i]
		for week := monday(f.First); week.Compare(f.Last) <= 0; week = week.AddDays(7) {
			most, total := 0.0, 0.0
			for d := range 7 {
				sum := sumOf(q.Days[week.AddDays(d)])
				most, total = max(most, sum), total+sum
			}
			if total == 0 {
				continue
			}
			m := list.Map("")
			m.Set("stream", fmt.Sprintf("%s %s", name, week), "")
			m.Set("channel", channels[slices.Index(f.channels(), q.Channel)], "")
			m.Set("issue", name, "")
			m.Set("volume", plain(most)+"/day", fmt.Sprintf("of its busiest day; %s in the week", plain(total)))
			m.Set("from", week.String(), "")
			m.Set("until", week.AddDays(6).String(), "")
			hours, percent := m.Map("profile", "").Map("hours", "expected contacts of each interval"), m.Map("profile", "").Map("days", "of the busiest day")
			for d := range 7 {
				day := week.AddDays(d)
				word, volumes := dayWords[day.Weekday()], q.Days[day]
				sum := sumOf(volumes)
				percent.Set(word, plain(100*sum/most)+"%", "")
				if sum == 0 { // no shape, but something has to stand there
					volumes = slices.Repeat([]float64{1}, int(24*time.Hour/f.Interval))
				}
				var texts []string
				for _, v := range volumes {
					texts = append(texts, plain(v))
				}
				hours.Flow(word, texts, "")
			}
		}
	}
}

func sumOf(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// plain is a number with as many decimals as it needs.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// draftTeam is a team that can do the work of the busiest interval, by the square-root rule.
func (f *Forecast) draftTeam(doc *draft.Map) {
	load := 0.0
	for d := f.First; d.Compare(f.Last) <= 0; d = d.AddDays(1) {
		for k := range int(24 * time.Hour / f.Interval) {
			sum := 0.0
			for i := range f.Queues {
				q := &f.Queues[i]
				if v := q.Days[d]; v != nil {
					mean, _ := q.mean()
					sum += v[k] * mean.Seconds() / f.Interval.Seconds()
				}
			}
			load = max(load, sum)
		}
	}
	shift := doc.Map("teams", "put in your roster: headroom import roster").Map("desk", "").List("shifts", "").Map("")
	why := fmt.Sprintf("assumed: the busiest interval has %.1f erlangs, and its square root on top", load)
	heads := math.Ceil(load + math.Sqrt(load))
	if heads > mostHeads {
		heads, why = mostHeads, fmt.Sprintf("the most that a shift can have: the busiest interval has %.1f erlangs, so check its volume and its AHT", load)
	}
	shift.Set("heads", strconv.Itoa(int(heads)), why)
	shift.Set("hours", "always", "assumed")
}
