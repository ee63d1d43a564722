//go:build tools

// Package cluster names the programs that `npm run test:cluster` builds, so that go.mod and go.sum pin all they need.
package cluster

import (
	_ "github.com/open-policy-agent/gatekeeper/v3/cmd/gator"
	_ "github.com/yannh/kubeconform/cmd/kubeconform"
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
)
