# A budget that lets more than one Pod of a workload go at once: of Redis those could be a master and its replica.
package wedsyncdisruptionbudgets

import data.lib.objects

obj := objects.wanted(input.review)

fix := "Set maxUnavailable to 1."

violation contains objects.finding(obj, "spec.maxUnavailable", limit, "A drain of machines could take that many Pods at once.", fix) if {
	limit := obj.spec.maxUnavailable
	not limit in [0, 1]
}

violation contains objects.finding(obj, "spec.minAvailable", least, "How many Pods that lets go depends on how many there are.", fix) if {
	least := obj.spec.minAvailable
}

violation contains objects.finding(obj, "spec.maxUnavailable", "not set", "Without a number the budget protects nothing that its name promises.", fix) if {
	not has_limit
}

has_limit if {
	some limit in ["maxUnavailable", "minAvailable"]
	limit in object.keys(obj.spec)
}
