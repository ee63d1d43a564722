# A configuration of Redis that leaves a connection in the clear, lets the default user in, or forgets what was written.
package wedsyncredisencrypted

import data.lib.objects

obj := objects.wanted(input.review)

demands := {
	"port": {"wanted": "0", "problem": "Redis would also listen in plaintext.", "fix": "Set it to 0; clients use tls-port."},
	"tls-cluster": {"wanted": "yes", "problem": "The cluster bus would be in the clear.", "fix": "Set it to yes."},
	"tls-replication": {"wanted": "yes", "problem": "Masters would send their data to replicas in the clear.", "fix": "Set it to yes."},
	"tls-protocols": {"wanted": "TLSv1.3", "problem": "Redis would accept TLS below 1.3.", "fix": "Set it to \"TLSv1.3\"."},
	"appendonly": {"wanted": "yes", "problem": "A restart would forget what was confirmed.", "fix": "Set it to yes."},
}

violation contains objects.finding(obj, field, value, demand.problem, demand.fix) if {
	some file, text in files
	some name, demand in demands
	value := setting(text, name)
	value != demand.wanted
	field := sprintf("%s in data.%s", [name, file])
}

violation contains objects.finding(obj, field, "not set", "Everybody would be the default user, who may do everything.", "Name the file with the users.") if {
	some file, text in files
	setting(text, "aclfile") == "not set"
	field := sprintf("aclfile in data.%s", [file])
}

violation contains objects.finding(obj, field, "not shown", "A password would lie in a ConfigMap, and let the default user in.", "Remove it; users have passwords in a Secret.") if {
	some file, text in files
	some name in ["requirepass", "masterauth"]
	setting(text, name) != "not set"
	field := sprintf("%s in data.%s", [name, file])
}

files[file] := text if {
	obj.kind == "ConfigMap"
	some file, text in obj.data
	regex.match(`(^|[/.-])(redis|valkey)\.conf$`, file)
}

# The value of a setting, without quotes; the last one of a name holds, as in Redis.
setting(text, name) := values[count(values) - 1] if {
	values := written(text, name)
	count(values) > 0
}

setting(text, name) := "not set" if count(written(text, name)) == 0

written(text, name) := [trim(trim_space(substring(line, count(name), -1)), `"'`) |
	some raw in split(text, "\n")
	line := trim_space(raw)
	startswith(lower(line), name)
	regex.match(`^\S+\s`, line)
	lower(regex.split(`\s+`, line)[0]) == name
]
