package draft

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is what the scenario language has room for, in bytes.
const longestName = 60

// Name is a word as a name of the scenario language: what has a meaning in paths or measures
// becomes a stroke.
func Name(word string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,:;=@()[]{}<>\"'`*&!|\\\n\r\t", r) {
			return '-'
		}
		if r == utf8.RuneError || !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, word)
	for len(clean) > longestName-6 { // room for a number
		_, size := utf8.DecodeLastRuneInString(clean)
		clean = clean[:len(clean)-size]
	}
	if clean = strings.TrimSpace(clean); clean == "" {
		return "unnamed"
	}
	return clean
}

// Names are names of the language for words, all different, in the order of the words.
func Names(words []string) []string {
	taken := map[string]bool{}
	out := make([]string, len(words))
	for i, word := range words {
		name := Name(word)
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d", Name(word), n)
		}
		taken[name] = true
		out[i] = name
	}
	return out
}
