// Package intern finds again what is known of a text: the cells of a table say the same few words over and over.
package intern

// Table is what is known of texts. Those that were asked for lately are found without the cost of a map. The
// zero Table is empty.
type Table[V any] struct {
	recent [256]known[V]
	all    map[string]known[V]
}

type known[V any] struct {
	text  string
	value V
	is    bool
}

// Get is what was put for a text.
func (t *Table[V]) Get(text []byte) (value V, ok bool) {
	s := &t.recent[place(text)]
	if s.text != string(text) || !s.is {
		k, ok := t.all[string(text)]
		if !ok {
			return value, false
		}
		*s = k
	}
	return s.value, true
}

// GetString is Get for a string.
func (t *Table[V]) GetString(text string) (value V, ok bool) {
	s := &t.recent[place(text)]
	if s.text != text || !s.is {
		k, ok := t.all[text]
		if !ok {
			return value, false
		}
		*s = k
	}
	return s.value, true
}

// Put says what is to be known of a text, once and for all.
func (t *Table[V]) Put(text string, value V) {
	if t.all == nil {
		t.all = map[string]known[V]{}
	}
	t.all[text] = known[V]{text, value, true}
}

// Len is how many texts are known.
func (t *Table[V]) Len() int { return len(t.all) }

// place is where a text stands among the recent ones. Names of a kind differ most at their ends.
func place[T string | []byte](text T) uint8 {
	n := len(text)
	x := uint64(n)
	for i := max(0, n-8); i < n; i++ {
		x = x<<8 ^ x>>56 ^ uint64(text[i])
	}
	return uint8(x * 0x9e3779b97f4a7c15 >> 56) // the golden ratio spreads them (Knuth 1998, section 6.4)
}
