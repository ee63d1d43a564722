# Redis behind a LoadBalancer, NodePort, external address, Ingress or route, or opened to everybody by a network policy. Its
# namespace holds nothing but Redis, so that every object there counts.
package wedsyncredisnotexposed

import data.lib.objects

obj := objects.wanted(input.review)

ways_in := {"Ingress", "Gateway", "HTTPRoute", "TLSRoute", "TCPRoute"}

violation contains objects.finding(obj, "spec.type", type, "Redis could be reached from outside the cluster.", "Set it to ClusterIP.") if {
	obj.kind == "Service"
	type := object.get(obj.spec, "type", "ClusterIP")
	type in {"LoadBalancer", "NodePort"}
}

violation contains objects.finding(obj, "spec.externalIPs", addresses, "Redis could be reached from outside the cluster.", "Remove it.") if {
	obj.kind == "Service"
	addresses := object.get(obj.spec, "externalIPs", [])
	count(addresses) > 0
}

violation contains objects.finding(obj, "kind", obj.kind, "Redis could be reached from outside the cluster.", "Remove it; clients of Redis run in the cluster.") if {
	obj.kind in ways_in
}

violation contains objects.finding(obj, field, "everybody", "Every Pod of the cluster could connect.", "Name the Pods that may.") if {
	obj.kind == "NetworkPolicy"
	some index, rule in obj.spec.ingress
	open_to_all(rule)
	field := sprintf("spec.ingress[%d].from", [index])
}

violation contains objects.finding(obj, field, block.cidr, "A range of addresses is no client of Redis.", "Name the Pods that may connect.") if {
	obj.kind == "NetworkPolicy"
	some index, rule in obj.spec.ingress
	some block in [peer.ipBlock | some peer in rule.from]
	field := sprintf("spec.ingress[%d].from", [index])
}

violation contains objects.finding(obj, field, block.cidr, "Redis connects to nobody outside the cluster.", "Name the Pods to which it connects.") if {
	obj.kind == "NetworkPolicy"
	some index, rule in obj.spec.egress
	some block in [peer.ipBlock | some peer in rule.to]
	endswith(block.cidr, "/0")
	field := sprintf("spec.egress[%d].to", [index])
}

# An absent or empty list of peers means all of them, and so does a peer that selects every namespace.
open_to_all(rule) if count(object.get(rule, "from", [])) == 0

open_to_all(rule) if {
	some peer in rule.from
	peer.namespaceSelector == {}
	object.get(peer, "podSelector", {}) == {}
}
