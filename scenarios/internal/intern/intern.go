// Package intern finds again what is known of a text: the cells of a table say the same few words over and over.
package intern

import (
	"encoding/binary"
	"math/bits"
)

// Table is what is known of texts. The zero Table is empty.
type Table[V any] struct {
	slots []slot // a power of two, at most half of them taken
	known []known[V]
	far   map[string]uint32 // texts that found no slot near their place, whoever made them so
}

type known[V any] struct {
	text  string
	value V
}

// slot is a place for a text: its hash, and its number among the known ones from 1 on.
type slot struct{ hash, number uint32 }

// near is how many slots a text may lie from its place.
const near = 8

// Get is what was put for a text.
func (t *Table[V]) Get(text []byte) (value V, ok bool) { return get(t, text) }

// GetString is Get for a string.
func (t *Table[V]) GetString(text string) (value V, ok bool) { return get(t, text) }

func get[V any, T string | []byte](t *Table[V], text T) (value V, ok bool) {
	if len(t.slots) == 0 {
		return value, false
	}
	hash := hashOf(text)
	for i := range near {
		s := t.slots[(int(hash)+i)&(len(t.slots)-1)]
		if s.number == 0 {
			return value, false
		}
		if s.hash != hash {
			continue
		}
		if k := &t.known[s.number-1]; k.text == string(text) {
			return k.value, true
		}
	}
	if number, ok := t.far[string(text)]; ok {
		return t.known[number-1].value, true
	}
	return value, false
}

// Put says what is to be known of a text, once and for all.
func (t *Table[V]) Put(text string, value V) {
	t.known = append(t.known, known[V]{text, value})
	if 2*len(t.known) <= len(t.slots) {
		t.place(text, uint32(len(t.known)))
		return
	}
	t.slots, t.far = make([]slot, max(16, 2*len(t.slots))), nil
	for i := range t.known {
		t.place(t.known[i].text, uint32(i+1))
	}
}

// place gives a text a slot.
func (t *Table[V]) place(text string, number uint32) {
	hash := hashOf(text)
	for i := range near {
		if s := &t.slots[(int(hash)+i)&(len(t.slots)-1)]; s.number == 0 {
			*s = slot{hash, number}
			return
		}
	}
	if t.far == nil {
		t.far = map[string]uint32{}
	}
	t.far[text] = number
}

// Len is how many texts are known.
func (t *Table[V]) Len() int { return len(t.known) }

// hashOf looks at the beginning, the end and the length of a text, by which names of a kind mostly differ; those that do
// not are told apart by a map.
func hashOf[T string | []byte](text T) uint32 {
	var first, last uint64
	switch n := len(text); {
	case n >= 8:
		first, last = word(text[:8]), word(text[n-8:])
	default:
		for i := range n {
			last = last<<8 | uint64(text[i])
		}
	}
	// Two odd numbers without a pattern, as in the multiply-and-fold hashes of Wang Yi 2019 (wyhash).
	high, low := bits.Mul64(first^0xa0761d6478bd642f, last^0xe7037ed1a0b428db^uint64(len(text)))
	x := high ^ low
	return uint32(x ^ x>>32)
}

func word[T string | []byte](text T) uint64 {
	var b [8]byte
	copy(b[:], text)
	return binary.LittleEndian.Uint64(b[:])
}
