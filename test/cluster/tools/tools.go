//go:build tools

// Package tools names the programs of `npm run test:cluster` that do not compile with the Kubernetes libraries of the control
// plane, so that a go.mod and a go.sum of their own pin all they need.
package tools

import (
	_ "github.com/zegl/kube-score/cmd/kube-score"
	_ "sigs.k8s.io/kwok/cmd/kwok"
)
