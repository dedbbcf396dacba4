package roster

import "slices"

// set is needs, with all teams that may serve any of them.
type set struct {
	needs, teams []int
	component    int // of needs that share teams, directly or through others
}

// sets lists the sets of needs whose demand may bind: those to which no need can be added
// without a team more, and which do not fall apart into sets without a common team.
func (p *Plan) sets() (list []set) {
	masks := make([]uint64, len(p.Needs)) // of teams
	for n := range p.Needs {
		for _, t := range p.Needs[n].Teams {
			masks[n] |= 1 << t
		}
	}
	component := components(masks)
	seen := map[uint64]bool{}
	for some := 1; some < 1<<len(masks); some++ {
		teams := uint64(0)
		for n, m := range masks {
			if some>>n&1 != 0 {
				teams |= m
			}
		}
		if seen[teams] {
			continue
		}
		seen[teams] = true
		var needs []int
		var inside []uint64
		for n, m := range masks {
			if m&^teams == 0 {
				needs, inside = append(needs, n), append(inside, m)
			}
		}
		if slices.Max(components(inside)) > 0 {
			continue
		}
		s := set{needs: needs, component: component[needs[0]]}
		for _, n := range needs {
			for _, t := range p.Needs[n].Teams {
				if !slices.Contains(s.teams, t) {
					s.teams = append(s.teams, t)
				}
			}
		}
		list = append(list, s)
	}
	return list
}

// components numbers sets of teams from 0 on, those alike that hang together.
func components(masks []uint64) []int {
	numbers := make([]int, len(masks))
	for i := range numbers {
		numbers[i] = -1
	}
	next := 0
	for i := range masks {
		if numbers[i] >= 0 {
			continue
		}
		numbers[i] = next
		for all, again := masks[i], true; again; {
			again = false
			for k, m := range masks {
				if numbers[k] < 0 && m&all != 0 {
					numbers[k], all, again = next, all|m, true
				}
			}
		}
		next++
	}
	return numbers
}
