package intake

import (
	"slices"
	"strings"
	"unicode"
)

// veil hides whom texts name that are neither accounts nor agents: the title of a policy, what an oddity tells of. It knows the
// accounts and agents that the source has named, so that a text must be asked for when all has been read; a text has one
// veiled form for good. Nothing can be known of a person whom only that text names.
type veil struct {
	names  map[string]hidden // by their words
	longer int               // the most words of a name
	veiled map[string]string
	taken  map[string]bool
}

// hidden is a name, or a part of names, and what stands in its place.
type hidden struct {
	name  string
	parts int // of how many names it is a part; 0 for a whole name
}

const (
	mostVeiled   = 1 << 20 // names that are looked for
	mostInName   = 8       // words of a name
	leastLetters = 3       // of a word that is a name by itself
	leastOfID    = 5       // characters of an ID that is looked for
	mostShared   = 2       // names that share a part: what more do, such as "caller", is nobody's
)

// Private says that a text names an account or an agent, so that no other text may show it. Of an agent each word of the name is
// looked for, of an account the first one too, unless it is a number or many share it.
func (in *Intake) Private(attribute, text string) {
	k := in.options.Pseudonyms
	if k == nil || text == "" {
		return
	}
	words := wordsOf(text)
	if len(words) == 0 || len(words) == 1 && (len(text) < leastLetters || strings.Trim(text, "0123456789") == "" && len(text) < leastOfID) {
		return
	}
	name := k.Name(attribute, text)
	if !in.veil.hide(words, name, 0) || len(words) == 1 {
		return
	}
	if attribute == attributeNames[account] {
		words = words[:1]
	}
	for _, w := range words {
		if strings.Trim(w.text, "0123456789") != "" && (len(w.text) > leastLetters || attribute == attributeNames[agent] && len(w.text) == leastLetters) {
			in.veil.hide([]word{w}, name, 1)
		}
	}
}

// hide takes a name or a part of one, and is false if the name was known.
func (v *veil) hide(words []word, name string, part int) bool {
	if len(words) > mostInName || len(v.names) >= mostVeiled {
		return false
	}
	if v.names == nil {
		v.names, v.veiled, v.taken = map[string]hidden{}, map[string]string{}, map[string]bool{}
	}
	key := joined(words)
	h, known := v.names[key]
	switch {
	case known && part == 0 && h.parts == 0:
		return false
	case known && part > 0 && h.parts == 0: // it is a name by itself
	case known && part > 0:
		v.names[key] = hidden{h.name, h.parts + 1}
	default:
		v.names[key] = hidden{name, part}
	}
	v.longer = max(v.longer, len(words))
	return true
}

// Veil is a text without the accounts and agents that it names, each with its pseudonym in its place. It is the text itself if no
// pseudonyms are wanted.
func (in *Intake) Veil(text string) string {
	v := &in.veil
	if len(v.names) == 0 || text == "" {
		return text
	}
	veiled, known := v.veiled[text]
	if known {
		return veiled
	}
	veiled = v.over(text)
	if v.taken[veiled] { // two texts may have been made one
		veiled += " " + shortHash(text)
	}
	v.veiled[text], v.taken[veiled] = veiled, true
	return veiled
}

// over puts pseudonyms in the place of names, the longest first.
func (v *veil) over(text string) string {
	var b strings.Builder
	words, done := wordsOf(text), 0
	for i := 0; i < len(words); i++ {
		for n := min(v.longer, len(words)-i); n > 0; n-- {
			h, known := v.names[joined(words[i:i+n])]
			if !known || h.parts > mostShared {
				continue
			}
			b.WriteString(text[done:words[i].from])
			b.WriteString(h.name)
			done = words[i+n-1].to
			i += n - 1
			break
		}
	}
	b.WriteString(text[done:])
	return b.String()
}

// word is a word in small letters, and where it stands.
type word struct {
	text     string
	from, to int
}

// wordsOf are the letters and digits of a text that stand together, also with what joins the parts of addresses.
func wordsOf(text string) (words []word) {
	from := -1
	end := func(to int) {
		if from >= 0 {
			within := strings.TrimRight(text[from:to], ".-_@+")
			words = append(words, word{strings.ToLower(within), from, from + len(within)})
		}
		from = -1
	}
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		switch {
		case inside && from < 0:
			from = i
		case !inside && (from < 0 || !strings.ContainsRune(".-_@+", r)):
			end(i)
		}
	}
	end(len(text))
	return words
}

func joined(words []word) string {
	if len(words) == 1 {
		return words[0].text
	}
	return strings.Join(slices.Collect(func(yield func(string) bool) {
		for _, w := range words {
			if !yield(w.text) {
				return
			}
		}
	}), " ")
}
