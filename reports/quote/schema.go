package quote

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a quote as JSON.
//
//go:embed quote.schema.json
var Schema []byte
