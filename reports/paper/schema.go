package paper

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a document, and so of audits, recommended targets and views as JSON.
//
//go:embed document.schema.json
var Schema []byte
