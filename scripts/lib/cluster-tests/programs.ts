/** A program that the cluster tests run, and the Go package that it is built from. */
export interface Program {
  readonly name: string;
  readonly package: string;
  /** The Go module that pins it, as a folder below test/cluster: some need other libraries than the control plane does. */
  readonly module: string;
  /** Minutes that a build takes when nothing is built yet, on two cores that have nothing else to do. */
  readonly coldMinutes: number;
}

/** The version of Kubernetes that test/cluster/go.mod names; its programs say it when they are asked. */
export const KUBERNETES_VERSION = 'v1.34.4';
/** Its minor version, which every program of Kubernetes must be of. */
export const KUBERNETES_MINOR = KUBERNETES_VERSION.replace(/\.\d+$/, '');

/** In the order of their builds: what follows shares what was compiled before. */
export const PROGRAMS: readonly Program[] = [
  { name: 'kube-apiserver', package: 'k8s.io/kubernetes/cmd/kube-apiserver', module: '.', coldMinutes: 4 },
  {
    name: 'kube-controller-manager',
    package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    module: '.',
    coldMinutes: 1,
  },
  { name: 'kube-scheduler', package: 'k8s.io/kubernetes/cmd/kube-scheduler', module: '.', coldMinutes: 0.2 },
  { name: 'etcd', package: 'go.etcd.io/etcd/server/v3', module: '.', coldMinutes: 0.5 },
  { name: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', module: 'tools', coldMinutes: 0.5 },
  { name: 'gator', package: 'github.com/open-policy-agent/gatekeeper/v3/cmd/gator', module: '.', coldMinutes: 1 },
  { name: 'kubeconform', package: 'github.com/yannh/kubeconform/cmd/kubeconform', module: '.', coldMinutes: 0.1 },
  { name: 'kube-score', package: 'github.com/zegl/kube-score/cmd/kube-score', module: 'tools', coldMinutes: 0.2 },
];
