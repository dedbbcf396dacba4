package pack

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a pack as JSON.
//
//go:embed pack.schema.json
var Schema []byte
