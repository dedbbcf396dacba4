package eventlog

import "io"

func (p *plan) readJSON(r io.Reader) error { return nil }
func (p *plan) readXES(r io.Reader) error  { return nil }
