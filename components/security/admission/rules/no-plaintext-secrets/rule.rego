# Secrets in environment variables and on command lines, known by the name of what holds them or by their own form. Never shown.
package wedsyncnoplaintextsecrets

import data.lib.objects
import data.lib.pods

obj := objects.wanted(input.review)

secret_name := `(^|_)(PASSWORDS?|PASSWD|PASSPHRASE|PASS|TOKEN|SECRETS?|CREDENTIALS?|APIKEY|KEY|MASTERAUTH|REQUIREPASS|REDISCLI_AUTH)$`

open_name := `(^KEY|PUBLIC_KEY|CACHE_KEY|PRIMARY_KEY|SORT_KEY|PARTITION_KEY)$`

# References to variables, paths and switches hold no secret, whatever their name.
reference := `(?i)^\s*([$][({]?\w|\{\{|/|\.\.?/|[a-z]:\\)`

switch := `(?i)^\s*(true|false|yes|no|on|off|null|none|\d{1,3})?\s*$`

forms := {
	"a private key": `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----`,
	"an AWS access key": `\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
	"a JSON web token": `\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}`,
	"a bearer token": `(?i)\bbearer\s+[\w.~+/-]{16,}=*`,
	"a URL with a password": `(?i)\b[a-z][a-z0-9+.-]*://[^\s/:@"']*:[^\s/@"'$]+@`,
	"a GitHub token": `\bgh[pousr]_[A-Za-z0-9]{30,}`,
	"an API key": `\bsk-[A-Za-z0-9_-]{20,}`,
	"a Slack token": `\bxox[abprs]-[A-Za-z0-9-]{10,}`,
}

fix := "Keep it in a Secret, mount that as a file and name the file."

violation contains pods.finding(obj, container, field, "not shown", problem, fix) if {
	some container in pods.containers(obj)
	some index, variable in container.fields.env
	reason := reasons(variable)
	field := sprintf("env[%d].value", [index])
	problem := sprintf("%s, and everybody who may read the Pod can read it.", [reason])
}

violation contains pods.finding(obj, container, field, "not shown", problem, fix) if {
	some container in pods.containers(obj)
	some list in ["command", "args"]
	some index, word in container.fields[list]
	reason := shape(word)
	field := sprintf("%s[%d]", [list, index])
	problem := sprintf("It is %s, and everybody who may list the container's processes can read it.", [reason])
}

violation contains objects.finding(obj, field, "not shown", problem, "Keep it in a Secret.") if {
	obj.kind == "ConfigMap"
	some key, text in obj.data
	reason := shape(text)
	field := sprintf("data.%s", [key])
	problem := sprintf("It holds %s, and a ConfigMap is no secret.", [reason])
}

reasons(variable) := sprintf("%s is a secret", [variable.name]) if named(variable)

reasons(variable) := sprintf("It is %s", [shape(variable.value)]) if not named(variable)

named(variable) if {
	name := upper(regex.replace(regex.replace(variable.name, `([a-z0-9])([A-Z])`, "${1}_$2"), `[^A-Za-z0-9]+`, "_"))
	regex.match(secret_name, name)
	not regex.match(open_name, name)
	not regex.match(reference, variable.value)
	not regex.match(switch, variable.value)
}

# The first form, by name, that a text shows.
shape(text) := sort([form | some form, pattern in forms; regex.match(pattern, text)])[0]
