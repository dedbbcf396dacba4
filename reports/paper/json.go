package paper

import (
	"encoding/json"
	"io"

	"github.com/headroom-sim/headroom/reports/format"
)

// written is a document for programs.
type written struct {
	Title    string        `json:"title"`
	Head     string        `json:"head"`    // what it is about
	Verdict  string        `json:"verdict"` // in a sentence or a few
	Sections []writtenPart `json:"sections"`
	Birth    string        `json:"birth"` // where the numbers come from
}

// writtenPart is a section for programs.
type writtenPart struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Words   []string `json:"words"`
	Columns []string `json:"columns"` // with their units, as in CSV
	// Rows have an entry for each column: a number, words, or null where there is nothing.
	Rows [][]any `json:"rows"`
}

// WriteJSON writes the document for programs: its words as they are, and of its tables the numbers in full.
func (d *Document) WriteJSON(w io.Writer) error {
	x := written{Title: format.Clean(d.Title), Head: format.Clean(d.Head), Verdict: format.Clean(d.Verdict), Birth: format.Clean(d.Birth), Sections: []writtenPart{}}
	for i := range d.Sections {
		s := &d.Sections[i]
		part := writtenPart{Name: format.Clean(s.Name), Title: format.Clean(s.Title), Words: []string{}, Columns: []string{}, Rows: [][]any{}}
		for _, words := range s.Words {
			part.Words = append(part.Words, format.Clean(words))
		}
		if t := s.data(); t != nil {
			part.Columns = t.Header()
			for row := range t.Rows {
				entries := t.Entries(row)
				for i, entry := range entries {
					if words, ok := entry.(string); ok {
						entries[i] = format.Clean(words)
					}
				}
				part.Rows = append(part.Rows, entries)
			}
		}
		x.Sections = append(x.Sections, part)
	}
	return json.NewEncoder(w).Encode(&x)
}
