package records

import (
	"encoding/binary"
	"math"

	"github.com/headroom-sim/headroom/scenarios/internal/intern"
)

// names are those of the members in a file, by number from 1 on. Records of a table are mostly alike, so that the name that comes
// next is guessed from the one before and compared, which costs less than looking for its end and looking it up.
type names struct {
	known   []known
	numbers intern.Table[uint16]
	after   [guesses]uint16 // which name came after another one, by that one and how deep it stood
}

const (
	guesses   = 1 << 9
	mostNames = 1 << 12 // that have numbers; others are compared by what they are
)

// known is a name as it stands in a text, with its quotes: its length, its first and its last eight bytes, or all of them with
// what to look at of eight bytes.
type known struct {
	text             string
	size             int
	first, last, see uint64
}

// fits reports whether the name stands at a place of a text. It may miss it at the end of the text.
func (k *known) fits(text []byte, at int) bool {
	if at+k.size > len(text)-8 {
		return false
	}
	if (binary.LittleEndian.Uint64(text[at:])^k.first)&k.see != 0 {
		return false
	}
	if k.size <= 8 {
		return true
	}
	return binary.LittleEndian.Uint64(text[at+k.size-8:]) == k.last && (k.size <= 16 || string(text[at+1:at+k.size-1]) == k.text)
}

func newNames() *names { return &names{known: []known{{size: 1 << 30}}} } // number 0 fits nowhere

// number is that of a name; 0 if there are too many.
func (n *names) number(name []byte) uint16 {
	if number, ok := n.numbers.Get(name); ok {
		return number
	}
	if len(n.known) == mostNames {
		return 0
	}
	k := known{text: string(name), size: len(name) + 2, see: math.MaxUint64}
	quoted := append(append([]byte{'"'}, name...), '"', 0, 0, 0, 0, 0, 0)
	k.first, k.last = binary.LittleEndian.Uint64(quoted), binary.LittleEndian.Uint64(quoted[max(0, k.size-8):])
	if k.size < 8 {
		k.see >>= 64 - 8*k.size
	}
	number := uint16(len(n.known))
	n.known = append(n.known, k)
	n.numbers.Put(k.text, number)
	return number
}
