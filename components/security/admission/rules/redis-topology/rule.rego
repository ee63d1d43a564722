# A shard of Redis without a replica, or one whose master and replica may share a machine or a zone.
package wedsyncredistopology

import data.lib.objects
import data.lib.pods

obj := objects.wanted(input.review)

# A master and its replica.
nodes_per_shard := 2

host := "kubernetes.io/hostname"

zone := "topology.kubernetes.io/zone"

violation contains objects.finding(obj, "spec.replicas", replicas, "The shard's data would be gone with its only node.", "Set it to 2: a master and its replica.") if {
	is_redis
	replicas := object.get(obj.spec, "replicas", 1)
	replicas < nodes_per_shard
}

violation contains objects.finding(obj, field, "not set", "A machine's failure could take master and replica.", sprintf("Require that nodes of a shard differ in %s.", [host])) if {
	is_redis
	obj.kind == "StatefulSet"
	field := "spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution"
	terms := object.get(pods.spec(obj), ["affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution"], [])
	count([term | some term in terms; term.topologyKey == host]) == 0
}

violation contains objects.finding(obj, field, "not set", "A zone's failure could take master and replica.", sprintf("Add %s with maxSkew 1 and DoNotSchedule.", [zone])) if {
	is_redis
	obj.kind == "StatefulSet"
	input.parameters.zones > 1
	field := "spec.template.spec.topologySpreadConstraints"
	constraints := object.get(pods.spec(obj), "topologySpreadConstraints", [])
	count([each | some each in constraints; separates(each)]) == 0
}

separates(constraint) if {
	constraint.topologyKey == zone
	constraint.whenUnsatisfiable == "DoNotSchedule"
	constraint.maxSkew == 1
}

is_redis if pods.labels(obj)["app.kubernetes.io/name"] == "redis"

# `kubectl scale` asks for a Scale, whose status has the selector of what it scales.
is_redis if {
	obj.kind == "Scale"
	"app.kubernetes.io/name=redis" in split(obj.status.selector, ",")
}
