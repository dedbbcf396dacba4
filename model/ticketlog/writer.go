package ticketlog

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// The columns of a log, in the order in which Writer writes them.
const (
	colTicket = iota
	colAt
	colEvent
	colStatus
	colChannel
	colIssue
	colTier
	colPriority
	colAccount
	colTeam
	colAgent
	columns
)

var columnNames = [columns]string{
	"ticket", "at", "event", "status", "channel", "issue", "tier", "priority", "account", "team", "agent",
}

// sourceColumn is the name of the column that KeepSource adds.
const sourceColumn = "source"

// Writer writes events as a log. It buffers: call Flush at the end.
type Writer struct {
	out    *bufio.Writer
	axis   calendar.Axis
	lists  [columns][][]byte // the words of a column as cells, ready to be written
	row    []byte
	at     time.Duration // of the row before
	when   []byte        // as it stands there
	source bool
	opened bool
	err    error
}

// NewWriter writes to w. It is an error if two attributes of a kind share a word, or
// if a word is empty or no UTF-8, because the log could not be read back.
func NewWriter(w io.Writer, names *ticket.Names, x calendar.Axis) (*Writer, error) {
	lw := &Writer{out: bufio.NewWriterSize(w, 1<<16), axis: x}
	for col, words := range wordLists(names) {
		seen := make(map[string]bool, len(words))
		for _, word := range words {
			switch {
			case word == "":
				return nil, fmt.Errorf("ticket log: a %s without a name", columnNames[col])
			case !utf8.ValidString(word):
				return nil, fmt.Errorf("ticket log: the %s name %q is not UTF-8", columnNames[col], word)
			case seen[word]:
				return nil, fmt.Errorf("ticket log: two of the %s names are %q", columnNames[col], word)
			}
			seen[word] = true
			lw.lists[col] = append(lw.lists[col], appendCell(nil, word))
		}
	}
	return lw, nil
}

// wordLists are the lists of names behind the columns that hold names.
func wordLists(n *ticket.Names) map[int][]string {
	return map[int][]string{
		colChannel: n.Channels, colIssue: n.Issues, colTier: n.Tiers,
		colPriority: n.Priorities, colAccount: n.Accounts, colTeam: n.Teams,
	}
}

// KeepSource adds a last column, source, for what the ticket is called where it comes from. It is
// called before the first row. Readers pass over the column.
func (w *Writer) KeepSource() { w.source = true }

// Write appends one row, without a source. An event with an attribute that has no name, a negative
// agent other than -1, or an instant outside the years 1 to 9999 is an error, and
// nothing is written for it. An error of the output stays.
func (w *Writer) Write(e ticket.Event) error { return w.WriteFrom(e, "") }

// WriteFrom is Write for a ticket that has another name where it comes from.
func (w *Writer) WriteFrom(e ticket.Event, source string) error {
	if err := w.open(); err != nil {
		return err
	}
	if err := w.setTime(e.At); err != nil {
		return fmt.Errorf("ticket log: ticket %s: %w", FormatID(e.Ticket), err)
	}
	b := append(AppendID(w.row[:0], e.Ticket), ',')
	b = append(b, w.when...)
	b = append(append(b, ','), e.Kind.String()...)
	b = append(append(b, ','), e.Status.String()...)

	account, team := int(e.Class.Account), int(e.Team)
	if e.Class.Account == ticket.Anonymous {
		account = none
	}
	if e.Team == ticket.NoTeam {
		team = none
	}
	for _, attribute := range [...]struct{ col, index int }{
		{colChannel, int(e.Class.Channel)}, {colIssue, int(e.Class.Issue)}, {colTier, int(e.Class.Tier)},
		{colPriority, int(e.Class.Priority)}, {colAccount, account}, {colTeam, team},
	} {
		b = append(b, ',')
		list := w.lists[attribute.col]
		switch {
		case attribute.index == none:
		case attribute.index < 0 || attribute.index >= len(list):
			return fmt.Errorf("ticket log: ticket %s: %s number %d has no name",
				FormatID(e.Ticket), columnNames[attribute.col], attribute.index)
		default:
			b = append(b, list[attribute.index]...)
		}
	}
	b = append(b, ',')
	switch {
	case e.Agent == nobody:
	case e.Agent < 0:
		return fmt.Errorf("ticket log: ticket %s: agent number %d", FormatID(e.Ticket), e.Agent)
	default:
		b = strconv.AppendInt(b, int64(e.Agent), 10)
	}
	if w.source {
		b = appendCell(append(b, ','), source)
	}
	b = append(b, '\n')
	w.row = b
	_, w.err = w.out.Write(b)
	return w.err
}

// setTime writes an instant. What happens to one ticket at once, and in tables without seconds to many, has one.
func (w *Writer) setTime(at time.Duration) (err error) {
	if at == w.at && len(w.when) > 0 {
		return nil
	}
	w.at = at
	w.when, err = appendTime(w.when[:0], w.axis.At(at))
	if err != nil {
		w.when = w.when[:0]
	}
	return err
}

const (
	none   = -1 // an attribute that is not there
	nobody = -1 // the agent of events that no agent did
)

// Flush writes what is buffered. A log without events is its header.
func (w *Writer) Flush() error {
	if err := w.open(); err != nil {
		return err
	}
	w.err = w.out.Flush()
	return w.err
}

// open writes the header, once.
func (w *Writer) open() error {
	if w.opened || w.err != nil {
		return w.err
	}
	w.opened = true
	for i, name := range columnNames {
		if i > 0 {
			name = "," + name
		}
		if _, w.err = w.out.WriteString(name); w.err != nil {
			return w.err
		}
	}
	end := "\n"
	if w.source {
		end = "," + sourceColumn + "\n"
	}
	_, w.err = w.out.WriteString(end)
	return w.err
}

// appendTime appends t in RFC 3339, in t's own zone if that can be said in it.
func appendTime(b []byte, t time.Time) ([]byte, error) {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC()
	}
	if year := t.Year(); year < 1 || year > 9999 {
		return b, fmt.Errorf("the year %d has no RFC 3339 form", year)
	}
	return t.AppendFormat(b, time.RFC3339Nano), nil
}

// FormatID is the ID as a log has it: t and 16 hexadecimal digits.
func FormatID(id ticket.ID) string { return string(AppendID(nil, id)) }

// AppendID appends what FormatID gives.
func AppendID(b []byte, id ticket.ID) []byte {
	const digits = "0123456789abcdef"
	b = append(b, 't')
	for shift := 60; shift >= 0; shift -= 4 {
		b = append(b, digits[id>>shift&15])
	}
	return b
}

// ParseID is the inverse of FormatID. It accepts nothing else.
func ParseID(text string) (ticket.ID, bool) { return parseID([]byte(text)) }

func parseID(text []byte) (ticket.ID, bool) {
	if len(text) != 17 || text[0] != 't' {
		return 0, false
	}
	var id ticket.ID
	for _, c := range text[1:] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		default:
			return 0, false
		}
		id = id<<4 | ticket.ID(c)
	}
	return id, true
}
